import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Connection } from '@yama/core'
import type { Scratch, ScratchOptions } from '@yama/schema'
import { pglite, postgres } from '@yama/postgres'
import { describe, expect, it } from 'vitest'
import { findBinaries } from '../src/scratch/find-binaries.ts'
import { administer, inNewDatabase, servers } from './runtime-database.ts'

const nowhere = postgres({ url: 'postgres://nobody@127.0.0.1:1/none' })
const scratch = (options: Partial<ScratchOptions>, dialect = nowhere): Promise<Scratch> => {
  const schema = dialect.extensions.schema
  if (schema === undefined) throw new Error('no schema')
  return schema.scratch({ setup: [], ...options })
}
// Roles and databases belong to the whole server, which other files and other runs use at the same time.
const mark = randomBytes(4).toString('hex')
const SETUP = [
  `CREATE ROLE yama_rt_anon_${mark} NOLOGIN; CREATE SCHEMA auth; CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid; $$;`,
  'CREATE TABLE auth.users (id uuid PRIMARY KEY);',
]
const tables = async (connection: Connection): Promise<readonly unknown[]> =>
  (
    await connection.execute(
      "SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'auth') ORDER BY 1",
    )
  ).rows.map((row) => row['name'])

async function twoEqualDatabases(first: Scratch): Promise<void> {
  const second = await first.another()
  try {
    expect(first.hidden?.facts.has('table:auth.users')).toBe(true)
    expect([...(second.hidden?.facts.keys() ?? [])]).toEqual([...(first.hidden?.facts.keys() ?? [])])
    await first.connection.execute('CREATE TABLE only_here (a integer)')
    expect(await tables(first.connection)).toEqual(['auth.users', 'public.only_here'])
    expect(await tables(second.connection)).toEqual(['auth.users'])
  } finally {
    await second[Symbol.asyncDispose]()
    await second[Symbol.asyncDispose]()
  }
}

describe.each(servers)('scratch databases on $name', ({ url, major }) => {
  const there = async (): Promise<readonly string[]> => {
    await using connection = await postgres({ url }).connect()
    const { rows } = await connection.execute(
      "SELECT datname FROM pg_database WHERE datname LIKE 'yama\\_scratch\\_%' AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = pg_database.datname)",
    )
    return rows.map((row) => String(row['datname']))
  }
  /** What is there now and was not before is gone soon: other files make theirs beside, and those go too, while what is left behind stays. */
  const nothingLeft = async (before: readonly string[]): Promise<void> => {
    const now = (await there()).filter((name) => !before.includes(name))
    const still = async (): Promise<readonly string[]> => {
      const found = await there()
      return now.filter((name) => found.includes(name))
    }
    await expect.poll(still, { timeout: 60_000, interval: 250 }).toEqual([])
  }

  it('are made where the server allows it, and removed', async () => {
    const before = await there()
    try {
      const first = await scratch({ allowUrl: url, setup: SETUP })
      expect(first.description).toContain('throw-away database yama_scratch_')
      expect(first.advisory).toBe(false)
      await twoEqualDatabases(first)
      await first[Symbol.asyncDispose]()
      await nothingLeft(before)
    } finally {
      await administer(url, `DROP ROLE IF EXISTS yama_rt_anon_${mark}`)
    }
  })

  it('are made on a server that several hosts stand for', async () => {
    const { host } = new URL(url)
    await using found = await scratch({ allowUrl: `postgres://postgres@${host},${host}/postgres` })
    expect(found.description).toContain('throw-away database')
  })

  it('collects what a killed process left more than an hour ago', async () => {
    const orphan = `yama_scratch_orphan_${mark}`
    await administer(url, `CREATE DATABASE ${orphan}`, `COMMENT ON DATABASE ${orphan} IS 'yama scratch 2020-01-01T00:00:00.000Z'`)
    await (await scratch({ allowUrl: url }))[Symbol.asyncDispose]()
    await using connection = await postgres({ url }).connect()
    expect((await connection.execute(`SELECT 1 FROM pg_database WHERE datname = '${orphan}'`)).rows).toEqual([])
  })

  it('names the statement of a setup that fails, and leaves nothing', async () => {
    const before = await there()
    await expect(scratch({ allowUrl: url, setup: ['CREATE TABLE a ();\nCREATE TABEL b ();'] })).rejects.toMatchObject({
      code: 'YAMA_SCRATCH_SETUP',
      message: expect.stringContaining('line 2'),
    })
    await nothingLeft(before)
  })

  it('use a devUrl, empty before and after', async () => {
    await inNewDatabase(url, async (own) => {
      await administer(
        own,
        'CREATE TABLE old (a serial)',
        'CREATE VIEW v AS SELECT * FROM old',
        'CREATE SCHEMA "x y"',
        'CREATE TYPE "x y".mood AS ENUM (\'a\')',
        'CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
        'CREATE EXTENSION pg_trgm',
      )
      const first = await scratch({ devUrl: own })
      expect(first.description).toContain('devUrl')
      expect(first.hidden).toBeUndefined()
      expect(await tables(first.connection)).toEqual([])
      expect((await first.connection.execute("SELECT count(*)::integer AS n FROM pg_namespace WHERE nspname = 'x y'")).rows).toEqual([
        { n: 0 },
      ])
      await first.connection.execute('CREATE TABLE used (a integer)')
      const second = await first.another()
      expect(await tables(second.connection)).toEqual([])
      await second[Symbol.asyncDispose]()
      await first[Symbol.asyncDispose]()
      await using connection = await postgres({ url: own }).connect()
      expect(await tables(connection)).toEqual([])
    })
  })

  it('leave a devUrl with the privileges that it had', async () => {
    const privileges = `SELECT defaclobjtype AS type, defaclacl::text AS acl, defaclnamespace = 0 AS whole FROM pg_default_acl
      UNION ALL SELECT 'n', nspacl::text, false FROM pg_namespace WHERE nspname = 'public' ORDER BY 1, 3`
    await inNewDatabase(url, async (own) => {
      await administer(
        own,
        'ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO PUBLIC',
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO PUBLIC',
        'GRANT CREATE ON SCHEMA public TO PUBLIC',
      )
      await using connection = await postgres({ url: own }).connect()
      const before = (await connection.execute(privileges)).rows
      const used = await scratch({ devUrl: own })
      for (const sql of [
        'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
        'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
        'ALTER DEFAULT PRIVILEGES REVOKE SELECT ON SEQUENCES FROM PUBLIC',
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC',
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
        'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      ])
        await used.connection.execute(sql)
      expect((await connection.execute(privileges)).rows).not.toEqual(before)
      await used[Symbol.asyncDispose]()
      expect((await connection.execute(privileges)).rows).toEqual(before)
    })
  })

  it('refuse a devUrl with a history', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await dialect.connect()
      await connection.execute('CREATE TABLE precious (a integer)')
      await dialect.createHistory(connection, { project: 'default' }).ensure()
      await expect(scratch({ devUrl: own })).rejects.toMatchObject({ code: 'YAMA_SCRATCH_NOT_EMPTY' })
      expect(await tables(connection)).toEqual(['public.precious'])
    })
  })

  it('never pass over a devUrl that does not work', async () => {
    await expect(scratch({ devUrl: 'postgres://nobody:pw@127.0.0.1:1/none', major: major ?? 15 })).rejects.toMatchObject({
      code: 'YAMA_CONNECT_REFUSED',
    })
  })

  it('clear only what the scope names', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await dialect.connect()
      for (const sql of ['CREATE TABLE a_one ()', 'CREATE TABLE a_two ()', 'CREATE TABLE b ()']) await connection.execute(sql)
      await dialect.extensions.schema?.clear(connection, { schemas: [], include: ['a_*'], exclude: ['a_two'] })
      expect(await tables(connection)).toEqual(['public.a_two', 'public.b'])
    })
  })
})

const [binaries] = findBinaries(undefined)
describe.skipIf(binaries === undefined)('a throw-away cluster', () => {
  it('is started from local binaries, kept warm, and has equal databases', async () => {
    const first = await scratch({ setup: SETUP })
    expect(first.description).toContain('throw-away cluster')
    expect(first.advisory).toBe(false)
    expect(first.connection.server.major).toBe(binaries?.major)
    await twoEqualDatabases(first)
    const socket = first.connection.server.host
    await first[Symbol.asyncDispose]()
    // The same socket: the cluster is still the one that was started.
    const second = await scratch({ major: binaries?.major ?? 0 })
    expect(second.connection.server.host).toBe(socket)
    await second[Symbol.asyncDispose]()
    expect(existsSync(socket)).toBe(true)
  })
})

describe('PGlite', () => {
  it('is the scratch database of an embedded target, and of a server of its version', async () => {
    const first = await scratch({ setup: SETUP }, pglite())
    expect(first.advisory).toBe(false)
    expect(first.description).toBe(`PGlite ${first.connection.server.version} in memory`)
    await twoEqualDatabases(first)
    await first[Symbol.asyncDispose]()
  })
})
