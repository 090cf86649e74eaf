import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { factBase } from '@yama/schema'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { yamlEntities } from '../src/index.ts'
import { fakeDialect } from './fake-dialect.ts'

const dialect = fakeDialect('postgres')
const source = (at: string): ReturnType<typeof yamlEntities> => yamlEntities({ directory: at, root: at })

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yama-names-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** What the entities say, and what is said once a pull has written it into an empty directory. */
async function again(text: string): Promise<{ readonly said: readonly string[]; readonly written: readonly string[] }> {
  writeFileSync(join(directory, 'all.yaml'), text)
  const { desired } = await source(directory).load({ dialect })
  const other = mkdtempSync(join(tmpdir(), 'yama-names-'))
  try {
    await source(other).write(factBase('t', desired.facts.values(), []), { dialect })
    const { desired: written } = await source(other).load({ dialect })
    return { said: [...desired.facts.keys()].toSorted(), written: [...written.facts.keys()].toSorted() }
  } finally {
    rmSync(other, { recursive: true })
  }
}

const sql = { function: 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', trigger: 'CREATE TRIGGER x' }

it.each([
  ['sequences', 'sequences: { one: { name: s, schema: a }, two: { name: s, schema: b }, a_s: {} }'],
  [
    'sequences whose schema and name read alike',
    'sequences: { one: { name: c, schema: a_b }, two: { name: b_c, schema: a }, c: {}, b_c: {} }',
  ],
  [
    'objects of a kind',
    'objects: { one: { name: collation c, schema: a, sql: CREATE COLLATION a.c }, two: { name: collation c, schema: b, sql: CREATE COLLATION b.c } }',
  ],
  [
    'functions',
    `functions: { one: { name: f, schema: a, sql: "${sql.function}" }, two: { name: f, schema: b, sql: "${sql.function}" }, a_f: { sql: "${sql.function}" } }`,
  ],
  [
    'triggers of tables whose names read alike',
    `entities: { User: { table: user, fields: { id: int! primary } }, UserRole: { table: user_role, fields: { id: int! primary } }, Other: { table: other, fields: { id: int! primary } } }
triggers: { a: { name: role_update, on: User, sql: ${sql.trigger} }, b: { name: update, on: UserRole, sql: ${sql.trigger} }, c: { name: role_update, on: Other, sql: ${sql.trigger} }, d: { name: update, on: Other, sql: ${sql.trigger} } }`,
  ],
  [
    'domains and types',
    'domains: { one: { name: d, schema: a, type: integer }, two: { name: d, schema: b, type: integer }, a_d: { type: text } }',
  ],
])('%s of one name are all written', async (_, text) => {
  const { said, written } = await again(`version: 1\n${text}\n`)
  expect(written).toEqual(said)
})

it('an entry of another database keeps its key', async () => {
  const file = join(directory, 'functions.yaml')
  const theirs = `  # Theirs.\n  f:\n    only: [ mysql ]\n    sql: CREATE FUNCTION f() RETURNS int RETURN 1\n`
  writeFileSync(file, `version: 1\nfunctions:\n${theirs}`)
  const facts = (await source(directory).load({ dialect })).desired.facts
  const own = {
    kind: 'function',
    id: 'function:public.f',
    schema: 'public',
    name: 'f',
    payload: { type: 'function', name: 'f', arguments: '', definition: sql.function },
    dependsOn: [],
  } as const
  await source(directory).write(factBase('t', [...facts.values(), own], []), { dialect })
  expect(readFileSync(file, 'utf8')).toContain(theirs)
  expect([...(await source(directory).load({ dialect })).desired.facts.keys()]).toEqual(['function:public.f'])
})

it('an entry that goes leaves its key to the one that comes', async () => {
  const file = join(directory, 'database.yaml')
  writeFileSync(file, 'version: 1\nsequences:\n  s: { schema: a }\n')
  const { desired } = await source(directory).load({ dialect })
  const moved = [...desired.facts.values()].flatMap((fact) =>
    fact.kind === 'sequence' ? [{ ...fact, id: 'sequence:b.s', schema: 'b', dependsOn: [] }] : [],
  )
  await source(directory).write(factBase('t', moved, []), { dialect })
  expect(readFileSync(file, 'utf8')).toBe('version: 1\nsequences:\n  s:\n    schema: b\n')
})
