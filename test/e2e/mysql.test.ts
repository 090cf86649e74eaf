import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { mysqlTargets } from '@yama/testkit'
import { describe, expect, test } from 'vitest'
import { project, type Envelope } from './project.ts'

// The driver is the command's dependency, not the repository's.
const require = createRequire(join(resolve(import.meta.dirname, '..', '..'), 'packages', 'mysql', 'package.json'))
interface Client {
  query(sql: string): Promise<readonly [rows: readonly Record<string, unknown>[]]>
  end(): Promise<void>
}
const { createConnection } = require('mysql2/promise') as { readonly createConnection: (url: string) => Promise<Client> }

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = await createConnection(url.replace(/^\w+:/, 'mysql:'))
  try {
    return (await client.query(sql))[0]
  } finally {
    await client.end()
  }
}

interface Own extends AsyncDisposable {
  readonly url: string
  readonly env: { readonly DATABASE_URL: string }
  tables(): Promise<readonly string[]>
}

async function ownDatabase(server: string): Promise<Own> {
  const name = `e2e_${randomBytes(6).toString('hex')}`
  await query(server, `CREATE DATABASE ${name}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  return {
    url,
    env: { DATABASE_URL: url },
    tables: async () => {
      const rows = await query(
        url,
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'yama\\_%' ORDER BY table_name",
      )
      return rows.map((row) => String(row['name']))
    },
    [Symbol.asyncDispose]: async () => {
      await query(server, `DROP DATABASE ${name}`)
    },
  }
}

const file = (up: string, down: string): string => `-- +migrate Up\n${up}\n-- +migrate Down\n${down}\n`
const two = {
  'migrations/001_a.sql': file(
    "CREATE TABLE a (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50));\nINSERT INTO a (name) VALUES ('x\\';'), (\"y\");\nCREATE INDEX a_name ON a (name);",
    'DROP TABLE a;',
  ),
  'migrations/002_b.sql': file(
    'DELIMITER $$\nCREATE PROCEDURE fill() BEGIN INSERT INTO a (name) VALUES (1); END$$\nDELIMITER ;\nCREATE TABLE b (id INT);',
    'DROP TABLE b;\nDROP PROCEDURE fill;',
  ),
}
const digestOf = ({ data }: Envelope): string => (data as { readonly digest: string }).digest
const targets = await mysqlTargets()
if (targets.length === 0) console.warn('no MySQL or MariaDB server: tests on one are skipped (YAMA_TEST_MYSQL_URL, YAMA_TEST_MARIADB_URL)')

describe.skipIf(targets.length === 0).each(targets)('$name', ({ url: server, name }) => {
  test('up, status, history, graph, down and up again', async () => {
    await using own = await ownDatabase(server)
    using made = project(two)
    const { env } = own
    expect((await made.yama('doctor', { env })).output).toContain(`${name}.`)
    expect(await made.json('validate', { env })).toMatchObject({ ok: true })
    const { stdout } = await made.yama('plan', { env })
    expect(stdout).toMatch(/outside a transaction:\n\s+CREATE TABLE a[^]*in a transaction:\n\s+INSERT INTO a/)
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['001_a', '002_b'] } })
    expect(await own.tables()).toEqual(['a', 'b'])
    expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true, data: { pending: [], unfinished: [] } })
    expect((await made.yama('history', { env })).output).toContain('002_b')
    expect((await made.yama('graph', { env })).code).toBe(0)
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: [] } })
    const back = await made.json('plan --down-to base', { env })
    const reverted = await made.json(`down --to base --confirm ${digestOf(back)}`, { env })
    expect(reverted).toMatchObject({ ok: true, data: { reverted: ['002_b', '001_a'] } })
    expect(await own.tables()).toEqual([])
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['001_a', '002_b'] } })
  })

  test('a failure in the middle names what stayed and where it stopped; corrected, it goes on there', async () => {
    await using own = await ownDatabase(server)
    const { env } = own
    using made = project({ ...two, 'migrations/003_c.sql': file('CREATE TABLE c (id INT);\nCREATE TABEL d (id INT);', 'DROP TABLE c;') })
    const failed = await made.json('up', { env })
    expect(failed).toMatchObject({ ok: false, exitCode: 9, reason: 'YAMA_MIGRATION_PARTIAL' })
    expect(failed.diagnostics[0]).toMatchObject({ file: 'migrations/003_c.sql', line: 3, col: 8 })
    expect(failed.diagnostics[0]?.message).toContain('statement 1 is committed: CREATE TABLE c')
    expect(await made.json('status --exit-code', { env })).toMatchObject({
      exitCode: 2,
      data: { unfinished: [{ id: '003_c', status: 'partial' }] },
    })
    const open = [{ id: '003_c', direction: 'up', done: 1, total: 2 }]
    expect(await made.json('recover', { env })).toMatchObject({ ok: true, data: { open } })
    expect(await made.json('recover --undo', { env })).toMatchObject({ reason: 'YAMA_RECOVER_UNDO' })
    expect(await made.json('up', { env })).toMatchObject({ reason: 'YAMA_MIGRATION_PARTIAL' })
    made.write('migrations/003_c.sql', file('CREATE TABLE c (id INT);\nCREATE TABLE d (id INT);', 'DROP TABLE d;\nDROP TABLE c;'))
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['003_c'] } })
  })

  test('a database that is there already is recorded by a baseline, and new files go on from it', async () => {
    await using own = await ownDatabase(server)
    const { env } = own
    using made = project(two)
    await query(own.url, 'CREATE TABLE a (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50))')
    expect(await made.json(['baseline', '001_a', '--reason', 'was there'], { env })).toMatchObject({ ok: true })
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['002_b'] } })
    expect((await made.yama(['new', 'add c'], { env })).code).toBe(0)
    expect(made.list('migrations')).toHaveLength(3)
  })

  test('several runners at once: each migration runs once, and the others wait for it', async () => {
    await using own = await ownDatabase(server)
    using made = project(two)
    const all = await Promise.all([1, 2, 3].map(() => made.json('up', own)))
    expect(all.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    const applied = all.flatMap(({ data, ok }) => (ok ? (data as { readonly applied: readonly string[] }).applied : []))
    expect(applied.toSorted()).toEqual(['001_a', '002_b'])
    expect(await made.json('up', own)).toMatchObject({ ok: true, data: { applied: [] } })
  })

  test('what the server refuses has its own code', async () => {
    using made = project(two)
    const at = (path: string, user: string): string => Object.assign(new URL(server), { pathname: path, username: user }).href
    expect(await made.json(['up', '--url', at('/e2e_no_such_database', 'root')])).toMatchObject({
      exitCode: 69,
      reason: 'YAMA_CONNECT_MYSQL_DATABASE_MISSING',
    })
    expect(await made.json(['up', '--url', at('/mysql', 'e2e_no_such_user')])).toMatchObject({
      exitCode: 77,
      reason: 'YAMA_CONNECT_MYSQL_AUTHENTICATION',
    })
  })
})

test('init offers both and names the driver', async () => {
  using made = project({ ...two, 'package.json': '{}' }, { drivers: false })
  expect(await made.json('init --dialect mariadb --no-install')).toMatchObject({
    ok: true,
    data: { database: 'mariadb', driver: { name: 'mysql2' } },
  })
  expect(made.read('yama.config.ts')).toContain("dialect: 'mariadb'")
})
