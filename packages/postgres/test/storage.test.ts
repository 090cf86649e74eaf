import { postgres } from '@yama/postgres'
import { expect, it } from 'vitest'
import { inNewDatabase, servers } from './runtime-database.ts'

it.each(servers.map(({ name, url }) => [name, url] as const))('a rewrite of a table is seen in where it is kept, on %s', (_, url) =>
  inNewDatabase(url, async (own) => {
    const dialect = postgres({ url: own })
    await using connection = await dialect.connect()
    const stored = async (): Promise<string | undefined> => (await dialect.extensions.schema?.storage?.(connection))?.get('table:public.t')
    await connection.execute('CREATE TABLE t (a integer, b varchar(10))')
    const first = await stored()
    expect(first).toMatch(/^\d+$/)
    await connection.execute('ALTER TABLE t ALTER COLUMN b TYPE varchar(20), ADD COLUMN c integer DEFAULT 1')
    expect(await stored()).toBe(first)
    await connection.execute('ALTER TABLE t ALTER COLUMN a TYPE bigint')
    expect(await stored()).not.toBe(first)
  }),
)
