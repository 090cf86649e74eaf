import { setTimeout as sleep } from 'node:timers/promises'
import { createYama, verifyChain } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { contentionPlaces, dialectAt, type ContentionPlace } from '../contention/contention-places.ts'
import { project, type Project, type Ran } from './project.ts'

const places = await contentionPlaces()

/** Of these the lease decides, for no session holds anything. */
const byLease = ({ name, kind }: ContentionPlace): boolean => kind === 'sqlite' || name.includes('PgBouncer')

const files = {
  'migrations/001_effects.sql': 'CREATE TABLE effects (name varchar(64) NOT NULL);\n',
  'migrations/002_slow.sql': "INSERT INTO effects (name) VALUES ('002');\n",
  'yama.config.ts': `import { definePlugin } from '@yama/core'
const pause = definePlugin(() => ({
  name: 'pause',
  hooks: {
    migration: async ({ node }, next) => {
      if (process.env.PAUSE && node.migration.name === '002_slow') {
        process.stderr.write('REACHED\\n')
        await new Promise((resolve) => setTimeout(resolve, 4000))
      }
      await next()
    },
  },
}))
export default { plugins: [pause()], environments: { dev: { url: 'env:DATABASE_URL' } } }
`,
}

/** Ages the heartbeat of the lease, which would take half a minute. */
const AGE = {
  postgres: "UPDATE yama.lease SET heartbeat_at = now() - interval '1 minute'",
  mysql: 'UPDATE yama_lease SET heartbeat_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE',
  mariadb: 'UPDATE yama_lease SET heartbeat_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE',
  sqlite: "UPDATE yama_lease SET heartbeat_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 minute')",
} as const

/** A run that is stopped like a frozen machine, between two migrations; it goes on when `wake` is called. */
async function frozenRun(
  made: Project,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly ended: Promise<Ran>; wake: () => void }> {
  return await new Promise((resolve) => {
    const ended: Promise<Ran> = made.yama('up', {
      env: { ...env, PAUSE: '1', GITHUB_RUN_ID: '7', GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'ada/app' },
      started: (kill, output) =>
        output('REACHED', () => {
          kill('SIGSTOP')
          resolve({ ended, wake: () => kill('SIGCONT') })
        }),
    })
  })
}

describe.each(places)('on $name', (place) => {
  test('a holder that was stopped and wakes up after another one took over commits nothing', async () => {
    using made = project(files)
    await using database = await place.open(made.directory)
    const { env } = database
    const { ended, wake } = await frozenRun(made, env)
    try {
      const status = await made.json('lock status', { env })
      expect(status).toMatchObject({
        ok: true,
        data: {
          held: true,
          alive: 'yes',
          holder: { ci: 'https://github.com/ada/app/actions/runs/7', pid: expect.any(String), since: expect.any(String) },
        },
      })
      expect(await made.json('recover', { env })).toMatchObject({ ok: true, reason: 'a run is under way', data: { open: [] } })
      expect(await made.json('up --lock-wait 0', { env })).toMatchObject({ exitCode: 6, diagnostics: [{ code: 'YAMA_LOCK_BUSY' }] })
      expect(await made.json(['lock', 'release', '--reason', 'too slow'], { env })).toMatchObject({
        exitCode: 6,
        diagnostics: [{ code: 'YAMA_LOCK_ALIVE' }],
      })
      if (byLease(place)) await database.query(AGE[place.kind])
      else
        expect(await made.json(['lock', 'release', '--force', '--reason', 'frozen'], { env })).toMatchObject({
          ok: true,
          data: { released: true },
        })
      expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['002_slow'] } })
    } finally {
      wake()
    }
    const { code, output } = await ended
    // A session that was ended cannot even ask whether its fence still holds.
    expect(output).toContain(byLease(place) ? 'YAMA_LOCK_LOST' : 'YAMA_RUN_DISCONNECTED')
    expect(code).toBe(byLease(place) ? 6 : 69)
    await using yama = createYama({ dialect: dialectAt(place, database.url, made.directory), sources: [] })
    const events = await yama.history()
    expect(verifyChain(events)).toBeUndefined()
    expect(events.filter(({ type }) => type === 'migration.succeeded').map(({ migrationId }) => migrationId)).toEqual([
      '001_effects',
      '002_slow',
    ])
    expect(events.map(({ type }) => type)).toContain(byLease(place) ? 'lock.taken_over' : 'lock.released')
    expect((await database.query('SELECT count(*) AS n FROM effects')).map(({ n }) => Number(n))).toEqual([1])
    expect(await made.json('lock status', { env })).toMatchObject({ ok: true, data: { held: false } })
  })

  test('a run with nothing to do takes no lock', async () => {
    using made = project(files)
    await using database = await place.open(made.directory)
    const { env } = database
    expect(await made.json('up', { env })).toMatchObject({ ok: true })
    const dialect = dialectAt(place, database.url, made.directory)
    await using connection = await dialect.connect()
    const lock = await dialect.acquireLock(connection, 'default', { waitMs: 0 })
    const before = (await dialect.inspectLock(connection, 'default'))?.token
    expect(await made.json('up --lock-wait 0', { env })).toMatchObject({ ok: true, data: { applied: [] } })
    expect((await dialect.inspectLock(connection, 'default'))?.token).toBe(before)
    // With something to do it waits, and says so.
    made.write('migrations/003_more.sql', "INSERT INTO effects (name) VALUES ('003');\n")
    const waiting = made.json('up --lock-wait forever', { env })
    await sleep(1500)
    await lock[Symbol.asyncDispose]()
    expect(await waiting).toMatchObject({ ok: true, data: { applied: ['003_more'] } })
  })
})

test('lock says what it wants', async () => {
  using made = project(files)
  const env = { DATABASE_URL: 'sqlite:./test.db' }
  expect(await made.json('lock status', { env })).toMatchObject({ ok: true, data: { held: false } })
  expect(await made.json('lock open', { env })).toMatchObject({ exitCode: 64, diagnostics: [{ code: 'YAMA_CLI_USAGE' }] })
  expect(await made.json('lock release', { env })).toMatchObject({ exitCode: 64, diagnostics: [{ code: 'YAMA_CLI_USAGE' }] })
  expect(await made.json(['lock', 'release', '--reason', 'x'], { env })).toMatchObject({
    exitCode: 64,
    diagnostics: [{ code: 'YAMA_LOCK_FREE' }],
  })
})
