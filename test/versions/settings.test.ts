import { randomBytes } from 'node:crypto'
import { createYama, type Connection, type Dialect } from '@yama/core'
import { postgres } from '@yama/postgres'
import { memorySource, postgresTargets, sqlMigration } from '@yama/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FactBase } from '@yama/schema'
import { AWKWARD_SETTINGS } from './awkward-settings.ts'
import { EVERYTHING_MODELLED } from './everything-modelled.ts'
import { EVERYTHING, inEmptyDatabase, loadTexts, schemaOf } from './read-schema.ts'
import { untaggedHash, versionDifferences } from './version-differences.ts'

const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg')
const loaded = async (connection: Connection, dialect: Dialect): Promise<FactBase> => {
  expect(await loadTexts(connection, dialect, [EVERYTHING_MODELLED])).toEqual([])
  return await schemaOf(dialect).extract(connection, EVERYTHING)
}

/** What a run leaves: the schema's hash, and its history without what is new each time. */
async function afterRun(dialect: Dialect): Promise<unknown> {
  const migrations = [
    sqlMigration({
      id: 'one',
      up: [
        `CREATE TABLE t (id integer PRIMARY KEY, "a\\b" text DEFAULT E'it''s \\\\ ü', at timestamptz DEFAULT '2020-01-01 00:00+00', ratio double precision DEFAULT 0.1)`,
      ],
      down: ['DROP TABLE t'],
    }),
    sqlMigration({ id: 'two', parents: ['one'], up: [`INSERT INTO t VALUES (1, 'c\\d ''é')`], down: ['DELETE FROM t'] }),
  ]
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  const plan = await yama.plan({ up: 'latest' })
  await yama.apply(plan, { confirm: plan.digest })
  await using connection = await dialect.connect()
  const { rows } = await connection.execute('SELECT id, "a\\b" FROM t')
  const history = await dialect.createHistory(connection, { project: 'default' }).read()
  const again = await yama.plan({ up: 'latest' })
  const facts = await schemaOf(dialect).extract(connection, EVERYTHING)
  return {
    rows,
    hash: untaggedHash(facts),
    left: again.migrations.length,
    found: history.migrations.map(({ id, status, link, body, appliedAt }) => ({
      id,
      status,
      link,
      body,
      at: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(appliedAt),
    })),
  }
}

describe.each(servers)('settings of others on $name', (target) => {
  let plain: FactBase
  beforeAll(async () => {
    plain = await inEmptyDatabase(target, loaded)
  })

  it.each([
    ['settings of the database', '', AWKWARD_SETTINGS],
    ['another search path', '', ['search_path = nowhere, pg_temp']],
    ['one byte per character', "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'", []],
    ['no encoding', "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'", []],
    ...((target.major ?? 0) >= 15
      ? [['the order of ICU', "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de' LC_COLLATE 'C' LC_CTYPE 'C'", []] as const]
      : []),
  ] as const)('facts do not change with %s', async (_, create, settings) => {
    const found = await inEmptyDatabase(target, loaded, create, settings)
    expect(versionDifferences(plain, found)).toEqual([])
    expect(untaggedHash(found)).toBe(untaggedHash(plain))
  })

  it('nor for a role that owns its database and nothing else, nor its history', async () => {
    const name = `yama_versions_${randomBytes(4).toString('hex')}`
    const url = (user: string, database: string): string =>
      Object.assign(new URL(target.url), { username: user, pathname: `/${database}` }).href
    await using server = await postgres({ url: target.url }).connect()
    await server.execute(`CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`)
    try {
      await server.execute(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`)
      for (const setting of AWKWARD_SETTINGS) await server.execute(`ALTER ROLE ${name} SET ${setting}`)
      const owner = postgres({ url: url(name, name) })
      const first = await afterRun(owner)
      await server.execute(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.execute(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`)
      for (const setting of AWKWARD_SETTINGS) await server.execute(`ALTER ROLE ${name} RESET ${setting.split(' ')[0] ?? ''}`)
      expect(first).toEqual(await afterRun(owner))
      expect(first).toMatchObject({
        left: 0,
        rows: [{ id: 1, 'a\\b': "c\\d 'é" }],
        found: [
          { id: 'one', status: 'applied', at: true },
          { id: 'two', status: 'applied', at: true },
        ],
      })
    } finally {
      await server.execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await server.execute(`DROP ROLE ${name}`)
    }
  })
})
