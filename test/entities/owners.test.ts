import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { compareStates, entitiesState, generate, pull, scratchPool, type AuthoringProject } from '@yama/authoring'
import { createYama, YamaError, type Connection, type Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { postgres } from '@yama/postgres'
import { withOnRequest, withRows, type SchemaDialect } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import { postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administer, withPath } from '../../packages/postgres/test/runtime-database.ts'

const everything = { schemas: [], include: [], exclude: [] } as const
const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg').slice(0, 1)
if (servers.length === 0) console.warn('test/entities/owners.test.ts: skipped, no PostgreSQL answers')

const ENTITIES = (owners: string, extension = ''): string => `version: 1
schemas: [app]
extensions: { ${extension} }
enums: { Mood: { schema: app, values: [happy, sad] } }
sequences: { ticket: { schema: app } }
entities:
  User: { schema: app, table: users, fields: { id: bigint! primary identity, mood: Mood? } }
  Note: { schema: app, table: notes, fields: { id: bigint! primary identity } }
views:
  happy: { schema: app, query: "select id from app.users where mood = 'happy'" }
functions:
  add: { schema: app, sql: "CREATE FUNCTION app.add(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b'" }
${owners}`

describe.each(servers)('owners on request, on $name', ({ url: server }) => {
  const id = randomBytes(4).toString('hex')
  const [one, two, database] = [`yama_one_${id}`, `yama_two_${id}`, `yama_owners_${id}`]
  const root = mkdtempSync(join(tmpdir(), 'yama-owners-'))
  const url = withPath(server, database)
  const dialect: Dialect = postgres({ url })
  const schema = dialect.extensions.schema as SchemaDialect
  const entitiesAt = (directory: string): ReturnType<typeof yamlEntities> => yamlEntities({ directory, root })
  const project: AuthoringProject = {
    root,
    entitiesAt,
    migrationsDirectory: join(root, 'migrations'),
    dialect,
    migrations: migrationFiles({ directory: join(root, 'migrations'), root, dialect }),
    entities: entitiesAt(join(root, 'schema')),
    entitiesDirectory: 'schema',
    scope: everything,
    scratch: { setup: [], allowUrl: server },
    notice: () => undefined,
  }
  const state = (text: string): void => writeFileSync(join(root, 'schema', 'all.yaml'), text)
  const run = async (goal: { readonly up: 'latest' } | { readonly down: number }): Promise<void> => {
    await using yama = createYama({ dialect, sources: [project.migrations] })
    const plan = await yama.plan(goal)
    await yama.apply(plan, { confirm: plan.digest })
  }
  const connected = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    await using connection = await dialect.connect()
    return await work(connection)
  }
  const owners = async (): Promise<Readonly<Record<string, unknown>>> =>
    connected(async (connection) => {
      const { rows } = await connection.execute(
        `SELECT relname AS name, pg_get_userbyid(relowner) AS role FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'v', 'S') AND relname <> 'users_id_seq' AND relname <> 'notes_id_seq'
          UNION ALL SELECT 'schema', pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'app' UNION ALL SELECT proname, pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'add' AND pronamespace = 'app'::regnamespace
          UNION ALL SELECT typname, pg_get_userbyid(typowner) FROM pg_type WHERE typname = 'mood'`,
      )
      return Object.fromEntries(rows.map(({ name, role }) => [String(name), role]))
    })
  const differences = async (): Promise<readonly string[]> => {
    await using pool = scratchPool(withOnRequest(withRows(schema)), project.scratch, () => undefined)
    const { facts } = await entitiesState(project, project.entities, pool)
    const found = await connected((connection) => withOnRequest(withRows(schema, true), true).extract(connection, everything))
    const names = { from: 'database', to: 'entities' }
    return compareStates(found, facts, schema, names, { from: false, to: true }, { from: true, to: false }).deltas.map(
      ({ id: fact }) => fact,
    )
  }

  beforeAll(async () => {
    mkdirSync(join(root, 'schema'))
    mkdirSync(join(root, 'migrations'))
    await administer(server, `CREATE ROLE ${one}`, `CREATE ROLE ${two}`, `CREATE DATABASE ${database}`)
  })
  afterAll(async () => {
    await administer(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, `DROP ROLE ${one}`, `DROP ROLE ${two}`)
    rmSync(root, { recursive: true, force: true })
  })

  it('are given, changed and given back where entities state them, and left alone where they do not', { timeout: 120_000 }, async () => {
    state(ENTITIES(''))
    await generate(project, { prove: true, numbering: 'sequential' })
    await run({ up: 'latest' })
    const mine = (await owners())['users']
    state(
      ENTITIES(`owners:
  - { role: ${one}, on: [User, view app.happy, sequence app.ticket, "function app.add(integer, integer)", type app.mood, schema app] }`),
    )
    const first = await generate(project, { prove: true, numbering: 'sequential' })
    expect(first.status === 'written' && first.up.every(({ sql }) => sql.includes(`OWNER TO ${one}`))).toBe(true)
    await run({ up: 'latest' })
    expect(await owners()).toEqual({ add: one, happy: one, mood: one, notes: mine, schema: one, ticket: one, users: one })
    expect(await differences()).toEqual([])
    expect((await generate(project, { prove: false })).status).toBe('empty')

    // A view that is made again keeps its owner; another one is a change.
    state(
      ENTITIES(`owners: [{ role: ${one}, on: [view app.happy] }, { role: ${two}, on: [User] }]`).replace(
        'select id from',
        'select mood, id from',
      ),
    )
    await generate(project, { prove: true, numbering: 'sequential' })
    await run({ up: 'latest' })
    expect(await owners()).toEqual({ add: one, happy: one, mood: one, notes: mine, schema: one, ticket: one, users: two })
    await run({ down: 1 })
    expect(await owners()).toMatchObject({ happy: one, users: one })
    await run({ down: 1 })
    expect(new Set(Object.values(await owners()))).toEqual(new Set([mine]))
    await run({ up: 'latest' })

    // By hand in the database: found where it is stated, and nowhere else.
    await connected((connection) => connection.execute(`ALTER TABLE app.users OWNER TO ${one}; ALTER TABLE app.notes OWNER TO ${two}`))
    expect(await differences()).toEqual(['owner:app.users.owner'])
  })

  it('are pulled where the files state some, and all of them when asked for', { timeout: 120_000 }, async () => {
    const into = (name: string, all: boolean): Promise<unknown> =>
      connected((connection) => pull(connection, dialect, everything, entitiesAt(join(root, name)), undefined, all))
    await into('plain', false)
    expect(() => readFileSync(join(root, 'plain', 'grants.yaml'))).toThrow(/ENOENT/)
    await into('whole', true)
    expect(readFileSync(join(root, 'whole', 'grants.yaml'), 'utf8')).toContain(`role: ${one}`)
    await into('schema', false)
    const kept = readFileSync(join(root, 'schema', 'all.yaml'), 'utf8')
    expect(kept).not.toContain('notes.owner')
    // Known by its name alone in the file, with its arguments in the database.
    expect(kept).toContain('app.add(')
  })

  it(
    'a version of an extension is compared where it is stated, and refused by name where the server has none such',
    { timeout: 120_000 },
    async () => {
      const hstore = (version: string): string => ENTITIES('', `hstore: ${version}`)
      state(hstore('{ version: "1.7" }'))
      await generate(project, { prove: true, numbering: 'sequential' })
      await run({ up: 'latest' })
      state(hstore('{ version: "1.8" }'))
      const update = await generate(project, { prove: true, numbering: 'sequential' })
      expect(update.status === 'written' ? update.up.map(({ sql }) => sql) : []).toEqual(["ALTER EXTENSION hstore UPDATE TO '1.8'"])
      state(hstore('~'))
      expect((await generate(project, { prove: false })).status).toBe('empty')
      state(hstore('{ version: "99" }'))
      const refusal: unknown = await generate(project, { prove: false }).catch((error: unknown) => error)
      expect(YamaError.is(refusal) && refusal.code).toBe('YAMA_ENTITIES_REFUSED')
    },
  )
})
