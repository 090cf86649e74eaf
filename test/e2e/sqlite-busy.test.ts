import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { project } from './project.ts'
import { holdWriteLock, onFile, rowsOf } from './sqlite-file.ts'

const env = { DATABASE_URL: 'sqlite:t.db' }
const files = { 'migrations/001_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);\n' }
const next = 'CREATE TABLE b (id INTEGER PRIMARY KEY);\n'

describe('a SQLite file that another program is writing to', () => {
  test('is waited for, and applied once it is free', async () => {
    using made = project(files)
    const file = join(made.directory, 't.db')
    expect(await made.json('up', { env })).toMatchObject({ ok: true })
    made.write('migrations/002_b.sql', next)
    const lock = holdWriteLock(file)
    const run = await made.yama('up --lock-wait 60s', { env, started: () => void setTimeout(() => lock[Symbol.dispose](), 4000) })
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('another program that is writing to the file') as unknown })
    expect(rowsOf(file, "SELECT name FROM sqlite_schema WHERE name = 'b'")).toEqual([{ name: 'b' }])
  })

  test('is waited for when it has no history yet', async () => {
    using made = project(files)
    const file = join(made.directory, 't.db')
    onFile(file, 'CREATE TABLE other (id INTEGER)')
    const lock = holdWriteLock(file)
    const run = await made.yama('up --lock-wait 60s', { env, started: () => void setTimeout(() => lock[Symbol.dispose](), 3000) })
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('another program that is writing to the file') as unknown })
    expect(rowsOf(file, "SELECT name FROM sqlite_schema WHERE name = 'a'")).toEqual([{ name: 'a' }])
  })

  test('is not waited for where nobody shall wait, also when it has no history yet', async () => {
    using made = project(files)
    const file = join(made.directory, 't.db')
    onFile(file, 'CREATE TABLE other (id INTEGER)')
    using _ = holdWriteLock(file)
    expect(await made.json('up --lock-wait 0', { env })).toMatchObject({
      exitCode: 6,
      diagnostics: [{ code: 'YAMA_LOCK_BUSY', message: expect.stringContaining('another program that is writing to the file') as unknown }],
    })
    expect(rowsOf(file, "SELECT name FROM sqlite_schema WHERE name <> 'other'")).toEqual([])
  })

  test('is given up after --lock-wait with nothing done, and read meanwhile', async () => {
    using made = project(files)
    const file = join(made.directory, 't.db')
    expect(await made.json('up', { env })).toMatchObject({ ok: true })
    using _ = holdWriteLock(file)
    // Nothing is pending: no lock is taken, so nobody is waited for.
    expect(await made.json('up --lock-wait 0', { env })).toMatchObject({ ok: true, exitCode: 0 })
    made.write('migrations/002_b.sql', next)
    expect(await made.json('status', { env })).toMatchObject({ ok: true, data: { pending: [{ id: '002_b' }] } })
    expect(await made.json('up --lock-wait 0', { env })).toMatchObject({
      exitCode: 6,
      diagnostics: [{ code: 'YAMA_LOCK_BUSY', message: expect.stringContaining('another program that is writing to the file') as unknown }],
    })
    expect(rowsOf(file, "SELECT name FROM sqlite_schema WHERE name = 'b'")).toEqual([])
  })
})
