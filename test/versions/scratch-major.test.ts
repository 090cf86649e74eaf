import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate, scratchPool, withScratchMajor, type AuthoringProject } from '@yama/authoring'
import type { Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { pglite, postgres } from '@yama/postgres'
import { yamlEntities } from '@yama/source-yaml'
import { postgresTargets } from '@yama/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { schemaOf } from './read-schema.ts'

const ENTITIES = `version: 1
enums:
  State: [new, old, gone]
entities:
  User:
    table: users
    fields:
      id: bigint! primary identity
      email: string(320)! unique
      state: State! = new
      kind: string(10)! = "a"
      score: decimal(10, 2)? = 1.5
      createdAt: timestamp! = now()
      day: date? = "2020-01-31"
    checks:
      kinds: "kind IN ('a', 'b')"
      late: "created_at > '2020-01-01 00:00:00+00'"
    indexes:
      - { fields: [state, createdAt], where: "state <> 'gone'" }
views:
  open_users:
    query: "SELECT u.id, u.email AS mail, EXTRACT(year FROM u.created_at) AS year FROM users u WHERE u.state IN ('new', 'old') ORDER BY u.email"
`

const root = mkdtempSync(join(tmpdir(), 'yama-versions-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
mkdirSync(join(root, 'schema'))
mkdirSync(join(root, 'migrations'))
writeFileSync(join(root, 'schema', 'users.yaml'), ENTITIES)

const notices: string[] = []
const project = (dialect: Dialect, allowUrl?: string, cacheDirectory?: string): AuthoringProject => ({
  root,
  dialect,
  migrationsDirectory: join(root, 'migrations'),
  migrations: migrationFiles({ directory: join(root, 'migrations'), root, dialect }),
  entities: yamlEntities({ directory: join(root, 'schema'), root }),
  entitiesAt: (directory) => yamlEntities({ directory, root: directory }),
  entitiesDirectory: 'schema',
  scope: { schemas: [], include: [], exclude: [] },
  scratch: { setup: [], ...(allowUrl === undefined ? {} : { allowUrl }) },
  ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  notice: (message) => void notices.push(message),
})
const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg')
const embedded = pglite()
const files = (): readonly string[] => readdirSync(join(root, 'migrations'))

// Starting PGlite for each scratch database takes seconds.
describe('a project that was generated with PGlite', { timeout: 180_000 }, () => {
  it('states the version that it was generated with', async () => {
    const report = await generate(project(embedded), { prove: true, name: 'first' })
    expect(report.status).toBe('written')
    expect(readFileSync(join(root, 'migrations', files()[0] ?? ''), 'utf8')).toMatch(
      /state: pg\d+:s5:[0-9a-f]{16} -> pg\d+:s5:[0-9a-f]{16}/,
    )
  })

  it.each(servers)('asks for that version elsewhere, and is told where $name has another', async ({ url, major }) => {
    const wanted = await withScratchMajor(project(postgres({ url }), url))
    expect(wanted.scratch.major).toBeGreaterThanOrEqual(16)
    await using scratch = await schemaOf(wanted.dialect).scratch(wanted.scratch)
    expect(scratch.advisory).toBe(major !== wanted.scratch.major)
    if (scratch.advisory) expect(scratch.description).toContain(`version ${String(wanted.scratch.major)} is wanted`)
  })

  it.each(servers)('has no differences on $name, whichever side comes from a cache', async ({ url }) => {
    const cache = join(root, 'cache')
    const elsewhere = postgres({ url })
    const preview = { prove: false, preview: true } as const
    const forget = (kind: string): void => {
      for (const name of readdirSync(cache).filter((each) => each.startsWith(kind))) rmSync(join(cache, name))
    }
    expect(await generate(project(elsewhere, url, cache), preview)).toMatchObject({ status: 'empty' })
    forget('history')
    expect(await generate(project(embedded, undefined, cache), preview)).toMatchObject({ status: 'empty' })
    forget('entities')
    expect(await generate(project(elsewhere, url, cache), preview)).toMatchObject({ status: 'empty' })
    rmSync(cache, { recursive: true })
  })
})

it('the version of a database that was asked wins over what the files state', async () => {
  const wanted = await withScratchMajor(project(embedded), 15)
  expect(wanted.scratch.major).toBe(15)
  await using pool = scratchPool(schemaOf(embedded), wanted.scratch, wanted.notice)
  const { description } = await pool.take()
  expect(notices.at(-1)).toBe(`scratch database: ${description}`)
  expect(description).toContain('version 15 is wanted')
})
