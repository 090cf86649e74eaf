import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { postgres } from '@yama/postgres'
import { difference, factBase, planChange, requirePlan } from '@yama/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runActions } from '../../packages/postgres/test/difference-case.ts'
import { schemaDialect } from '../../packages/postgres/test/dialect-under-test.ts'
import { startPostgres, stopPostgres } from '../../scripts/servers/embedded-postgres.mjs'
import { deltaLines, throughEntities } from './round-trip.ts'

const everything = { schemas: [], include: [], exclude: [] } as const

/** Of PostgreSQL's own regression suite, the files that leave the oddest schemas behind; YAMA_CORPUS_ALL takes all 128. */
const ODD = ['constraints', 'create_am', 'generated_virtual', 'identity', 'index_including', 'indexing', 'inherit', 'rules', 'vacuum']

const APART: Readonly<Record<string, string>> = {
  create_procedure: 'a procedure calls one that was dropped, which is taken only while bodies are not checked, as a migration has it',
}

const corpus = process.env['YAMA_CORPUS_DIR']
const directory = join(corpus ?? '', 'peer-pg-regress-sql', 'regression_suite')
const hasPsql = spawnSync('psql', ['--version']).status === 0
const why =
  corpus === undefined || !existsSync(directory) ? 'YAMA_CORPUS_DIR has no peer-pg-regress-sql' : hasPsql ? undefined : 'there is no psql'
if (why !== undefined) console.warn(`what the regression suite of PostgreSQL leaves behind is not looked at: ${why}`)
const all = why === undefined ? readdirSync(directory).map((file) => file.replace(/\.sql$/, '')) : []
const chosen = all.filter((name) => (process.env['YAMA_CORPUS_ALL'] === undefined ? ODD.includes(name) : !(name in APART)))

describe.skipIf(why !== undefined)('what the regression suite of PostgreSQL 18 leaves behind', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>
  const at = (database: string): string => Object.assign(new URL(server.url), { pathname: `/${database}` }).href
  beforeAll(async () => {
    // Roles and whole databases come and go in these files.
    server = await startPostgres('18')
  }, 60_000)
  afterAll(async () => {
    await stopPostgres(server.directory)
  })

  it.each(chosen)('%s: pull, and make the same database from the entities alone', { timeout: 120_000 }, async (name) => {
    {
      await using admin = await postgres({ url: at('postgres') }).connect()
      for (const database of ['left_behind', 'made_again']) {
        await admin.execute(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
        await admin.execute(`CREATE DATABASE ${database}`)
      }
    }
    // Many of its statements fail on purpose.
    spawnSync('psql', ['--quiet', '--no-psqlrc', '--file', join(directory, `${name}.sql`), at('left_behind')], {
      stdio: 'ignore',
      timeout: 60_000,
    })
    await using source = await postgres({ url: at('left_behind') }).connect()
    await using target = await postgres({ url: at('made_again') }).connect()
    const wanted = await schemaDialect.extract(source, everything)
    const written = await throughEntities(wanted, schemaDialect)
    const before = factBase(wanted.tag, [])
    const plan = planChange({ before, after: written.desired, dialect: schemaDialect, renames: [], server: target.server })
    await runActions(target, requirePlan(plan).actions)
    const canonical = await schemaDialect.extract(target, everything)
    expect(deltaLines(difference(canonical, wanted))).toEqual([])
    expect(await written.again(async () => canonical)).toEqual([])
    written.dispose()
  })
})
