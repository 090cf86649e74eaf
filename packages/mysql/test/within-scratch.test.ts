import type { Connection } from '@yama/core'
import type { Scratch } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { mariadb, mysql } from '../src/dialect/create-dialect.ts'
import { facts, inDatabase, run, schemaServers, type SchemaServer } from './schema-server.ts'

async function inScratch(
  server: SchemaServer,
  outside: boolean,
  work: (own: Connection, scratch: Scratch) => Promise<void>,
): Promise<void> {
  await inDatabase(server, async (own) => {
    const url = Object.assign(new URL(server.url), { pathname: `/${own.server.database}` }).href
    const { schema } = (server.kind === 'mariadb' ? mariadb : mysql)({ url }).extensions
    if (schema === undefined) throw new Error('the dialect has no schema part')
    await using scratch = await schema.scratch({ allowUrl: url, setup: [], outside })
    await work(own, scratch)
  })
}

describe.each(schemaServers.map((server) => [server.kind, server] as const))('migrations in a throw-away database, on %s', (_, server) => {
  it('name the database that they are for, and mean the throw-away one', async () => {
    await inScratch(server, false, async (own, scratch) => {
      const target = own.server.database
      await run(own, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)')
      await run(
        scratch.connection,
        `DROP SCHEMA IF EXISTS ${target}; CREATE SCHEMA ${target}; USE ${target};
CREATE TABLE kept (id int); CREATE TABLE \`${target}\`.made (id int PRIMARY KEY); INSERT INTO ${target}.kept SELECT made.id FROM ${target}.made;
CREATE VIEW ${target}.seen AS SELECT made.id FROM ${target}.made; DROP TABLE ${target}.kept;`,
      )
      expect([...(await facts(scratch.connection)).facts.keys()]).toEqual(expect.arrayContaining(['table:made', 'view:seen']))
      expect((await own.execute('SHOW TABLES')).rows).toHaveLength(1)
      expect((await own.execute('SELECT id FROM kept')).rows).toEqual([{ id: 1 }])
    })
  })

  it('change no other database of the server, and nothing that is the server’s', async () => {
    await inScratch(server, false, async (own, scratch) => {
      await inDatabase(server, async (other) => {
        await run(other, 'CREATE TABLE kept (id int)')
        const refused = [
          `USE ${other.server.database}`,
          `DROP DATABASE ${other.server.database}`,
          `DROP TABLE IF EXISTS nothing, ${other.server.database}.kept`,
          `/*!50000 TRUNCATE TABLE ${other.server.database}.kept */`,
          `RENAME TABLE ${other.server.database}.kept TO mine`,
          `DROP USER IF EXISTS yama_nobody`,
          `SELECT 1 INTO OUTFILE '/tmp/yama-never'`,
          'START REPLICA',
          'KILL 1',
        ]
        for (const sql of refused)
          await expect(scratch.connection.execute(sql), sql).rejects.toMatchObject({ code: 'YAMA_SCRATCH_OUTSIDE' })
        await expect(
          scratch.connection.batch([{ sql: 'SELECT 1' }, { sql: `DELETE FROM ${other.server.database}.kept` }], { transaction: true }),
        ).rejects.toMatchObject({ index: 1, cause: { code: 'YAMA_SCRATCH_OUTSIDE' } })
        expect((await other.execute('SHOW TABLES')).rows).toHaveLength(1)
        await run(scratch.connection, `CREATE TABLE copy AS SELECT * FROM ${other.server.database}.kept`)
        expect((await own.execute('SHOW TABLES')).rows).toEqual([])
      })
    })
  })

  it('may, where it is said of the server', async () => {
    await inScratch(server, true, async (_own, scratch) => {
      await inDatabase(server, async (other) => {
        await scratch.connection.execute(`CREATE TABLE ${other.server.database}.made (id int)`)
        expect((await other.execute('SHOW TABLES')).rows).toHaveLength(1)
      })
    })
  })
})

it.skipIf(schemaServers.length > 0)('migrations in a throw-away database: no server answers', () => undefined)
