import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { workplace, type Envelope } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const server = answeringServers.find(({ kind, name }) => kind === 'postgres' && name !== 'PGlite')
if (server === undefined) console.warn('test/drift/owners.test.ts: skipped, no PostgreSQL answers')

const entities = (role: string): string => `version: 1
entities:
  User: { table: users, fields: { id: int! primary } }
  Note: { table: notes, fields: { id: int! primary } }
owners: [{ role: ${role}, on: [User] }]
`
const config = (url: string): string =>
  JSON.stringify({ dialect: 'postgres', environments: { dev: { url, scratch: { allow: true } } }, drift: 'check' })
const found = ({ data }: Envelope): readonly string[] =>
  (data['objects'] as readonly Readonly<Record<string, string>>[]).map(({ object = '', verdict = '' }) => `${object}: ${verdict}`)

test.skipIf(server === undefined)(
  'an owner who is stated and was changed by hand is found, and taken back or adopted',
  { timeout: 120_000 },
  async () => {
    await using database = await server!.create()
    const id = randomBytes(4).toString('hex')
    const [one, two] = [`yama_one_${id}`, `yama_two_${id}`]
    await database.sql(`CREATE ROLE ${one}`, `CREATE ROLE ${two}`)
    try {
      using made = workplace({ 'yama.config.json': config(database.url), 'schema/all.yaml': entities(one) })
      expect(await made.json('generate', 'first')).toMatchObject({ ok: true })
      expect((await made.json('up')).diagnostics.filter(({ code }) => code !== 'YAMA_DRIFT_ELSEWHERE')).toEqual([])
      expect(found(await made.json('drift'))).toEqual([])

      // Nobody states to whom the notes belong.
      await database.sql(`ALTER TABLE notes OWNER TO ${two}`)
      expect(found(await made.json('drift'))).toEqual([])
      expect((await made.json('verify')).diagnostics).toEqual([])
      await database.sql(`ALTER TABLE users OWNER TO ${two}`)
      expect(found(await made.json('drift'))).toEqual(['owner public.users.owner: by-hand'])
      expect(found(await made.json('drift', '--no-entities'))).toEqual([])

      // A run that is about something else does not make it the history's.
      made.write(
        'migrations/99990101000000_other.sql',
        '-- +migrate Up\nCREATE TABLE other (id int);\n-- +migrate Down\nDROP TABLE other;\n',
      )
      expect((await made.json('up')).diagnostics.filter(({ code }) => code !== 'YAMA_DRIFT_ELSEWHERE')).toEqual([])
      expect(found(await made.json('drift'))).toEqual(['owner public.users.owner: by-hand'])

      const plan = await made.json('drift', 'repair')
      expect(plan).toMatchObject({ exitCode: 4, data: { statements: [`ALTER TABLE public.users OWNER TO ${one}`] } })
      expect(await made.json('drift', 'repair', '--confirm', String(plan.data['digest']))).toMatchObject({ ok: true })
      expect(found(await made.json('drift'))).toEqual([])

      await database.sql(`ALTER TABLE users OWNER TO ${two}`)
      made.write('schema/all.yaml', entities(two))
      expect(found(await made.json('drift'))).toEqual(['owner public.users.owner: adopted'])
      expect(await made.json('drift', 'adopt', '--name', 'owner')).toMatchObject({ ok: true })
      expect(found(await made.json('drift'))).toEqual([])
    } finally {
      await database.sql(`DROP OWNED BY ${one}, ${two} CASCADE`, `DROP ROLE ${one}, ${two}`)
    }
  },
)
