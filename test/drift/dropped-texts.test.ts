import { expect, test } from 'vitest'
import { workplace, type Envelope } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const entities = 'version: 1\nentities:\n  A: { table: a, fields: { id: int! primary, n: int? } }\n'
const triggers = {
  postgres:
    'CREATE FUNCTION one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.n := 1; RETURN new; END $$;\nCREATE TRIGGER a_one BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION one();',
  mysql: 'CREATE TRIGGER a_one BEFORE INSERT ON a FOR EACH ROW SET new.n = 1;',
  mariadb: 'CREATE TRIGGER a_one BEFORE INSERT ON a FOR EACH ROW SET new.n = 1;',
  sqlite:
    '-- +migrate StatementBegin\nCREATE TRIGGER a_one AFTER INSERT ON a BEGIN UPDATE a SET n = 1 WHERE id = new.id; END;\n-- +migrate StatementEnd',
} as const
const first = 'create table a (id integer not null primary key, n integer)'
const config = (dialect: string, url: string): string =>
  JSON.stringify({ dialect, environments: { dev: { url, scratch: { allow: true } } } })
const codes = ({ diagnostics }: Envelope): readonly string[] => diagnostics.map(({ code }) => code)

test.each(answeringServers)(
  'a trigger that a migration of one’s own made goes with a warning and without a loss, and Down makes it again, on $name',
  { timeout: 120_000 },
  async ({ create, kind }) => {
    await using database = await create()
    using made = workplace({
      'yama.config.json': config(kind, database.url),
      'schema/a.yaml': entities,
      'migrations/001_a.sql': `-- +migrate Up\n${first};\n-- +migrate Down\ndrop table a;\n`,
      'migrations/002_by_hand.sql': `-- +migrate Up\n${triggers[kind]}\n`,
    })
    expect(await made.json('up')).toMatchObject({ ok: true })
    const numbers = async (id: number): Promise<unknown> => {
      await database.sql(`insert into a (id) values (${String(id)})`)
      const [row] = await database.sql(`select n from a where id = ${String(id)}`)
      return row?.['n'] === null ? null : Number(row?.['n'])
    }
    expect(await numbers(1)).toBe(1)
    const generated = await made.json('generate', 'change')
    expect(codes(generated)).toContain('YAMA_DROPS_HAND_WRITTEN')
    expect(generated).toMatchObject({ ok: true, data: { reversibility: 'lossless' } })
    // Nothing of it needs a confirmation.
    expect(await made.json('up')).toMatchObject({ ok: true })
    expect(await numbers(2)).toBeNull()
    expect(await made.json('down', '--steps', '1')).toMatchObject({ ok: true })
    expect(await numbers(3)).toBe(1)
  },
)
