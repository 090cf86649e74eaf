import { chownSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mariadb, mysql } from '../src/dialect/create-dialect.ts'
import { findBinaries } from '../src/scratch/find-binaries.ts'
import { scratchName } from '../src/scratch/database-name.ts'
import { connectTo, everything, facts, inDatabase, run, schemaServers } from './schema-server.ts'

describe.each(schemaServers.map((server) => [server.kind, server] as const))('scratch databases on %s', (kind, server) => {
  const dialect = (kind === 'mariadb' ? mariadb : mysql)({ url: server.url })
  const { schema } = dialect.extensions
  if (schema === undefined) throw new Error('the dialect has no schema part')
  const databases = async (): Promise<readonly string[]> => {
    await using connection = await connectTo(server, '')
    const { rows } = await connection.execute(
      String.raw`SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'yama\_scratch\_%'`,
    )
    return rows.map(({ name }) => String(name))
  }

  it('are made on the given server, are equal, and go', async () => {
    const made: string[] = []
    {
      await using scratch = await schema.scratch({ devUrl: server.url, setup: ['CREATE TABLE host (id int)'] })
      await using another = await scratch.another()
      made.push(scratch.connection.server.database, another.connection.server.database)
      expect(new Set(made).size).toBe(2)
      expect(await databases()).toEqual(expect.arrayContaining(made))
      expect([...(scratch.hidden?.facts.keys() ?? [])]).toEqual(['table:host', 'column:host.id'])
      expect((await facts(another.connection)).facts.size).toBe(2)
      expect(scratch.description).toMatch(/throw-away database yama_scratch_/)
      expect(scratch.advisory).toBe(false)
    }
    const left = await databases()
    expect(made.filter((name) => left.includes(name))).toEqual([])
  })

  it('have the character set of the database that the URL names', async () => {
    await inDatabase(server, async (connection) => {
      const { database } = connection.server
      await connection.execute(`ALTER DATABASE \`${database}\` CHARACTER SET latin1`)
      const url = Object.assign(new URL(server.url), { pathname: `/${database}` }).href
      await using scratch = await schema.scratch({ allowUrl: url, setup: [] })
      const { rows } = await scratch.connection.execute('SELECT @@character_set_database AS charset')
      expect(rows).toEqual([{ charset: 'latin1' }])
    })
  })

  it('that a killed process left behind go after an hour, younger ones and those of others stay', async () => {
    await using connection = await connectTo(server, '')
    const [old, young, other] = [scratchName(Date.now() - 2 * 3_600_000), scratchName(Date.now()), 'yama_scratch_of_mine']
    for (const name of [old, young, other]) await connection.execute(`CREATE DATABASE ${name}`)
    try {
      await (await schema.scratch({ devUrl: server.url, setup: [] }))[Symbol.asyncDispose]()
      const left = await databases()
      expect([old, young, other].map((name) => left.includes(name))).toEqual([false, true, true])
    } finally {
      for (const name of [old, young, other]) await connection.execute(`DROP DATABASE IF EXISTS ${name}`)
    }
  })

  it('go when their setup fails, which is said with its line', async () => {
    const before = await databases()
    await expect(schema.scratch({ devUrl: server.url, setup: ['CREATE TABLE a (id int);\nnonsense'] })).rejects.toMatchObject({
      code: 'YAMA_MYSQL_SCRATCH_SETUP',
      message: expect.stringContaining('line 2') as unknown,
    })
    expect((await databases()).filter((name) => !before.includes(name))).toEqual([])
  })

  it('are emptied of everything but what the scope leaves out', async () => {
    await inDatabase(server, async (connection) => {
      await run(
        connection,
        `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, FOREIGN KEY (id) REFERENCES a (id)); CREATE VIEW v AS SELECT id FROM a;
        CREATE PROCEDURE p() SELECT 1; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1; CREATE TABLE kept (id int)`,
      )
      await schema.clear(connection, { ...everything, exclude: ['kept'] })
      const found = await facts(connection)
      expect([[...found.facts.keys()], found.unmanaged]).toEqual([['table:kept', 'column:kept.id'], []])
    })
  })
})

it.skipIf(findBinaries('mariadb').length === 0)(
  'of a throw-away server leave the temporary tables of other servers alone',
  async () => {
    const { uid, gid } = statSync('/var/lib/mysql', { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 }
    const foreign = join(tmpdir(), `#sql-temptable-${String(process.pid)}-0-0.MAI`)
    writeFileSync(foreign, '')
    if (process.getuid?.() === 0) chownSync(foreign, uid, gid)
    try {
      const { schema } = mariadb({ url: 'mariadb://localhost' }).extensions
      await (await schema?.scratch({ setup: [] }))?.[Symbol.asyncDispose]()
      expect(existsSync(foreign)).toBe(true)
    } finally {
      rmSync(foreign, { force: true })
    }
  },
  120_000,
)

it('without a server and without programs is refused, with what was tried', async () => {
  const { schema } = mysql({ url: 'mysql://localhost' }).extensions
  const path = process.env['PATH']
  process.env['PATH'] = '/nowhere'
  try {
    await expect(schema?.scratch({ allowUrl: 'mysql://root@127.0.0.1:1/x', setup: [] })).rejects.toMatchObject({
      code: 'YAMA_MYSQL_SCRATCH_NONE',
    })
  } finally {
    process.env['PATH'] = path
  }
})

it.skipIf(schemaServers.length > 0)('scratch databases of MySQL or MariaDB: no server answers', () => undefined)
