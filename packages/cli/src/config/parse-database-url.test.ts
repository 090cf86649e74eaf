import { expect, test } from 'vitest'
import { parseDatabaseUrl } from './parse-database-url.ts'

test.each([
  ['postgres://host/db', 'postgres', 'pg', 'postgres://host/db'],
  ['postgresql://host/db', 'postgres', 'pg', 'postgresql://host/db'],
  ['sqlite:./dev.db', 'sqlite', 'better-sqlite3', 'sqlite:/project/dev.db'],
  ['sqlite::memory:', 'sqlite', 'better-sqlite3', 'sqlite::memory:'],
  ['./data/app.sqlite', 'sqlite', 'better-sqlite3', 'sqlite:/project/data/app.sqlite'],
  ['file:/var/app.db', 'sqlite', 'better-sqlite3', 'sqlite:/var/app.db'],
  ['pglite:./.yama/dev', 'postgres', 'pglite', 'pglite:/project/.yama/dev'],
  ['pglite:memory', 'postgres', 'pglite', 'pglite:memory'],
  ['postgres://me@/db?host=/run/postgresql', 'postgres', 'pg', 'postgres://me@/db?host=/run/postgresql'],
  ['mysql://root@host/db', 'mysql', 'mysql2', 'mysql://root@host/db'],
  ['mariadb://root@host/db', 'mariadb', 'mysql2', 'mariadb://root@host/db'],
])('%s opens %s through %s', (text, kind, driver, url) => {
  expect(parseDatabaseUrl(text, '/project')).toEqual({ kind, driver, url })
})

test.each(['oracle://host/db', 'just words', '', 'postgres://[bad'])('%s is refused', (text) => {
  expect(() => parseDatabaseUrl(text, '/project')).toThrow(expect.objectContaining({ code: 'YAMA_URL_INVALID' }))
})

test('a refused URL does not print its password', () => {
  expect(() => parseDatabaseUrl('oracle://me:hunter2@host/db', '/project')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }),
  )
})
