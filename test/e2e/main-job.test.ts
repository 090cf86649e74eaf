import { describe, expect, test } from 'vitest'
import { serverDatabase, serverUrl, type ServerDatabase } from './databases.ts'
import { project, type Envelope, type Project } from './project.ts'

const server = await serverUrl()
const before = `entities:
  User:
    table: users
    fields:
      id: bigint! primary identity
      email: string(320)! unique
      name: string(120)!
`
const after = `entities:
  User:
    table: users
    fields:
      id: bigint! primary identity
      email: string(320)! unique
      fullName: string(120)!
      phone: string(20)? indexed
  Post:
    table: posts
    fields:
      id: bigint! primary identity
      title: string(200)!
      author: User!
`
interface Plan {
  readonly digest: string
  readonly losses: readonly unknown[]
  readonly migrations: readonly unknown[]
}
const data = <T>(envelope: Envelope): T => envelope.data as T

// The quickstart, which CI runs too, is the main job on PGlite: a process for each command, which starts it anew.
const standsIn = server !== undefined && process.env['YAMA_MATRIX'] !== 'all'
const databases = [
  { name: 'SQLite', dialect: 'sqlite', url: 'sqlite:./dev.db' },
  ...(standsIn ? [] : [{ name: 'PGlite', dialect: 'pglite', url: 'pglite:./.yama/dev' } as const]),
  { name: 'PostgreSQL', dialect: 'postgres', url: undefined },
] as const

describe.each(databases)('the main job on $name', ({ name, dialect, url }) => {
  test.skipIf(url === undefined && server === undefined)(
    `from init to history${url === undefined && server === undefined ? ': no server' : ''}`,
    async () => {
      await using database: ServerDatabase | undefined =
        url === undefined && server !== undefined ? await serverDatabase(server) : undefined
      using made = project()
      const env = database === undefined ? {} : { DATABASE_URL: database.url }
      const ok = async (words: string): Promise<Envelope> => {
        const envelope = await made.json(words, { env })
        expect(envelope.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(envelope).toMatchObject({ schemaVersion: 1, ok: true, exitCode: 0 })
        return envelope
      }
      const init = await ok(`init --dialect ${dialect} --no-install`)
      expect(data<{ files: string[] }>(init).files).toContain('yama.config.ts')
      made.write('schema/user.yaml', before)

      const first = await ok('generate')
      expect(first.data).toMatchObject({ status: 'written', reversibility: 'lossless', proof: expect.anything() })
      const [file = ''] = data<{ files: string[] }>(first).files
      expect(made.read(file)).toMatch(/^-- reversibility: lossless$[^]*^-- create table users \(way back: lossless\)$/m)
      expect(made.read(file)).toMatch(/^-- Way back: lossless\. What was there before Up comes back\. What was written since goes/m)
      expect((await made.yama('plan', { env })).stdout).toMatch(/create_.* · way back: lossless/)
      expect(await ok('plan')).toMatchObject({ env: 'dev', data: { losses: [], where: { environment: 'dev', production: false } } })
      expect(data<{ applied: string[] }>(await ok('up')).applied).toHaveLength(1)
      expect((await ok('up')).reason).toBe('no changes')
      expect((await ok('generate')).data).toEqual({ status: 'empty' })
      expect(await ok('status --exit-code')).toMatchObject({
        data: { pending: [], edited: [], missing: [] },
        targets: [{ environment: 'dev' }],
      })

      made.write('schema/user.yaml', after)
      await decide(made, env)
      // Each of these starts scratch servers anew; once is enough.
      if (dialect === 'sqlite') expect((await ok('diff')).data).toMatchObject({ equal: true })
      expect(data<{ applied: string[] }>(await ok('up')).applied).toHaveLength(1)
      expect((await ok('diff entities env:dev --exit-code')).data).toMatchObject({ equal: true })
      expect((await ok('generate')).data).toEqual({ status: 'empty' })

      const refused = await made.json('down', { env })
      expect(refused).toMatchObject({ exitCode: 4, reason: 'YAMA_CONFIRM_NEEDED' })
      const back = data<Plan>(await ok('plan --down'))
      expect(back.losses.length).toBeGreaterThan(0)
      expect(refused.diagnostics[0]?.hint).toContain(back.digest)
      expect(data<{ reverted: string[] }>(await ok(`down --confirm ${back.digest}`)).reverted).toHaveLength(1)
      expect((await ok('status')).data).toMatchObject({ applied: [{}], pending: [{}] })
      const events = data<{ type: string }[]>(await ok('history')).map(({ type }) => type)
      expect(events.filter((type) => type === 'migration.succeeded')).toHaveLength(2)
      expect(events.filter((type) => type === 'migration.reverted')).toHaveLength(1)
      expect(await made.yama('history', { env })).toMatchObject({ code: 0, stdout: expect.stringContaining('migration.reverted') })
      expect(data<{ applied: string[] }>(await ok('up')).applied, name).toHaveLength(1)
    },
    300_000,
  )
})

/** A rename is a question; its own answer, written to a file as it was told, resolves it. */
async function decide(made: Project, env: Readonly<Record<string, string>>): Promise<void> {
  const asked = await made.json('generate', { env })
  expect(asked).toMatchObject({ ok: false, exitCode: 4, reason: 'YAMA_DECISION_NEEDED' })
  expect(asked.decisions).toHaveLength(1)
  const [decision] = asked.decisions
  expect(decision?.answers).toEqual([expect.stringMatching(/^rename to column:.*full_name$/), 'drop'])
  made.write('answers.json', JSON.stringify({ [decision?.id ?? '']: decision?.answers[0] }))
  const written = await made.json('generate --decide answers.json', { env })
  expect(written).toMatchObject({ ok: true, data: { status: 'written' } })
  expect(JSON.stringify(data<{ actions: unknown }>(written).actions)).toMatch(/rename column name of users to full_name/)
}
