import { randomBytes } from 'node:crypto'
import { createYama, type Migration } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { postgres } from '@yama/postgres'
import { memorySource } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { administer, servers, withPath } from './runtime-database.ts'

describe.each(servers)('a database that does not have every character, on $name', ({ url }) => {
  it('says which one of which statement it cannot take, and not that the lock is lost', async () => {
    const name = `yama_rt_latin_${randomBytes(4).toString('hex')}`
    await administer(url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`)
    try {
      const dialect = postgres({ url: withPath(url, name) })
      const files = [
        'CREATE TABLE é (a text);',
        `INSERT INTO "é" VALUES ('ü');\nINSERT INTO "é"\n  VALUES ('ß → ü');`,
        'CREATE TABLE later (a text);',
      ]
      const migrations = files.map((text, at): Migration => parseSqlMigration(text, `00${String(at + 1)}_m.sql`, dialect))
      await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
      await expect(yama.apply(await yama.plan({ up: 'latest' }))).rejects.toMatchObject({
        code: 'YAMA_MIGRATION_FAILED',
        message: expect.stringContaining('LATIN1') as unknown,
        position: { file: '002_m.sql', line: 3, column: 14 },
      })
      await using connection = await dialect.connect()
      expect((await connection.execute('SELECT count(*)::int AS n FROM "é"')).rows).toEqual([{ n: 0 }])
      await expect(connection.execute("SELECT 'é', '🏔'")).rejects.toMatchObject({ code: '22P05', offset: 13 })
      await expect(yama.repair('mark-applied', '002_m', { reason: 'made by hand → done' })).rejects.toMatchObject({
        code: 'YAMA_HISTORY_WRITE',
        message: expect.stringContaining('LATIN1') as unknown,
      })
    } finally {
      await administer(url, `DROP DATABASE ${name} WITH (FORCE)`)
    }
  })
})

it.skipIf(servers.length > 0)('a database that does not have every character: no server answers', () => undefined)
