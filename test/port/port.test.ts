import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { generate, port, type AuthoringProject } from '@yama/authoring'
import type { DatabaseKind, Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { yamlEntities } from '@yama/source-yaml'
import { sqlite } from '@yama/sqlite'
import { afterEach, expect, it } from 'vitest'

const dialects: Readonly<Record<DatabaseKind, () => Dialect>> = {
  sqlite: () => sqlite({ url: 'sqlite::memory:' }),
  postgres: () => postgres({ url: 'postgres://nobody@127.0.0.1:1/none' }),
  mysql: () => mysql({ url: 'mysql://127.0.0.1:1/none' }),
  mariadb: () => mariadb({ url: 'mariadb://127.0.0.1:1/none' }),
}
const roots: string[] = []
const root = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'yama-port-test-'))
  roots.push(made)
  return made
}
afterEach(() => {
  for (const each of roots.splice(0)) rmSync(each, { recursive: true, force: true })
})

function projectAt(directory: string, kind: DatabaseKind): AuthoringProject {
  const dialect = dialects[kind]()
  const migrationsDirectory = join(directory, 'migrations')
  return {
    root: directory,
    migrationsDirectory,
    dialect,
    migrations: migrationFiles({ directory: migrationsDirectory, root: directory, dialect }),
    entities: yamlEntities({ directory: join(directory, 'schema'), root: directory }),
    entitiesAt: (at) => yamlEntities({ directory: at, root: at }),
    entitiesDirectory: 'schema',
    scope: { schemas: [], include: [], exclude: [] },
    scratch: { setup: [] },
    notice: () => undefined,
  }
}

function source(kind: DatabaseKind, files: Readonly<Record<string, string>>): AuthoringProject {
  const directory = root()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, 'schema', name)), { recursive: true })
    writeFileSync(join(directory, 'schema', name), text)
  }
  return projectAt(directory, kind)
}

const target = (kind: DatabaseKind): AuthoringProject => projectAt(join(root(), 'out'), kind)
const text = (project: AuthoringProject): string =>
  readdirSync(join(project.root, 'schema'))
    .toSorted()
    .map((file) => readFileSync(join(project.root, 'schema', file), 'utf8'))
    .join('')

// SQLite is at hand everywhere: MySQL's entities are read as they are written, and the result is built.
const shop = `
version: 1
entities:
  Customer:
    table: customer
    fields:
      id: bigint! primary identity
      name: string(120)! unique
      state: { type: { sql: "enum('new','old')" }, nullable: false, default: new }
      flags: { type: { sql: "set('a','b')" }, nullable: true }
      size: { type: { sql: "int unsigned" }, nullable: false, default: 0 }
      meta: json! = {}
      changed: timestamp! = now() onUpdate:now()
    checks:
      size_small: "size < 100"
      odd: "soundex(name) <> ''"
    indexes:
      - { fields: [meta], using: fulltext, name: customer_meta }
  Bill:
    table: bill
    fields:
      id: bigint! primary identity
      customer: Customer! cascade
`

it('lists what has no counterpart, with its place and answers, and writes nothing', async () => {
  const to = target('sqlite')
  const error = await port(source('mysql', { 'shop.yaml': shop }), to, { answers: {} }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ code: 'YAMA_PORT_DECISIONS' })
  const { decisions, text: shown } = (
    error as { data: { decisions: readonly { id: string; answers: readonly string[]; objects: readonly object[] }[]; text: string } }
  ).data
  expect(decisions.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      "type:set('a','b')",
      'type:int unsigned',
      'on update',
      'constraint:customer.odd',
      'index method:fulltext',
      'letter case',
    ]),
  )
  expect(decisions.find(({ id }) => id === 'constraint:customer.odd')).toMatchObject({
    answers: ['leave out', 'sql: …'],
    objects: [{ id: 'constraint:customer.odd', origin: { file: 'schema/shop.yaml', line: 16 } }],
  })
  expect(shown).toContain('"constraint:customer.odd": "leave out"')
  expect(() => readdirSync(to.root)).toThrow(/ENOENT/)
})

it('takes the first answers, builds the result and generates the first migration; a second generate is empty', async () => {
  const to = target('sqlite')
  const report = await port(source('mysql', { 'shop.yaml': shop }), to, { answers: {}, defaults: true })
  expect(report.built).toContain('SQLite')
  expect(report.files).toEqual(['schema/bill.yaml', 'schema/customer.yaml', expect.stringMatching(/^migrations\/\d+_baseline\.sql$/)])
  expect(await generate(to, { prove: false, preview: true })).toMatchObject({ status: 'empty' })
  const written = text(to)
  expect(written).toContain('customer: Customer! cascade')
  expect(written).toContain("state in ('new', 'old')")
  expect(written).toContain('size < 100')
  expect(written).not.toContain('soundex')
  expect(report.findings.filter(({ outcome }) => outcome === 'refused').map(({ object }) => object)).toEqual([
    'column:customer.changed',
    'constraint:customer.odd',
    'index:customer.customer_meta',
  ])
})

it('takes answers for a group, and one for an object of it', async () => {
  const to = target('sqlite')
  const answers = { 'constraint:customer.odd': "sql: name <> ''", 'type:int unsigned': 'sql: INTEGER' }
  const report = await port(source('mysql', { 'shop.yaml': shop }), to, { answers, defaults: true })
  expect(text(to)).toContain("name <> ''")
  expect(report.findings.find(({ object }) => object === 'constraint:customer.odd')).toMatchObject({ answer: "sql: name <> ''" })
  const size = [...report.ported.facts.values()].find(({ id }) => id === 'column:customer.size')
  expect(size).toMatchObject({ payload: { type: 'INTEGER' } })
})

it.each([
  [{ 'constraint:customer.odd': 'perhaps' }, 'the answers are leave out, sql: …'],
  [{ 'constraint:customer.gone': 'leave out' }, 'nothing asks that'],
])('refuses the answer %j', async (answers, reason) => {
  await expect(port(source('mysql', { 'shop.yaml': shop }), target('sqlite'), { answers, defaults: true })).rejects.toMatchObject({
    code: 'YAMA_PORT_ANSWER',
    details: { reason },
  })
})

it('leaves nothing behind after a dry run, and asks before it writes over files', async () => {
  const to = target('sqlite')
  const dry = await port(source('mysql', { 'shop.yaml': shop }), to, { answers: {}, defaults: true, dryRun: true })
  expect(dry).toMatchObject({ files: [], built: expect.stringContaining('SQLite') as unknown })
  expect(() => readdirSync(to.root)).toThrow(/ENOENT/)
  mkdirSync(to.root, { recursive: true })
  writeFileSync(join(to.root, 'notes.txt'), 'mine')
  const again = { answers: {}, defaults: true }
  await expect(port(source('mysql', { 'shop.yaml': shop }), to, again)).rejects.toMatchObject({ code: 'YAMA_PORT_OCCUPIED' })
  await port(source('mysql', { 'shop.yaml': shop }), to, { ...again, force: true })
  expect(readFileSync(join(to.root, 'notes.txt'), 'utf8')).toBe('mine')
})

it('keeps what the entities say for the target: overrides, only, texts by database', async () => {
  const to = target('sqlite')
  const entities = `
version: 1
entities:
  Note:
    table: note
    fields:
      id: bigint! primary identity
      kind: { type: { sql: "set('a','b')" }, nullable: false, overrides: { sqlite: { type: string(10)! } } }
      source: { type: text?, only: [mysql] }
      place: { type: string(9)?, only: [sqlite] }
    checks:
      odd: { expression: "soundex(kind) <> ''", overrides: { sqlite: { expression: "kind <> 'x'" } } }
views:
  notes:
    query: { default: "select id from note", mysql: "select sql_no_cache id from note" }
`
  const report = await port(source('mysql', { 'note.yaml': entities }), to, { answers: {}, defaults: true })
  const written = text(to)
  expect(written).toContain('kind: string(10)!')
  expect(written).toContain("kind <> 'x'")
  expect(written).toContain('place: string(9)?')
  expect(written).toContain('query: select id from note')
  expect(written).not.toContain('source')
  expect(report.findings.filter(({ object }) => /kind|odd|notes/.test(object))).toEqual([])
})

it('makes schemas a part of the names, cuts them and keeps apart what differs in letters alone', async () => {
  const to = target('sqlite')
  const entities = `
version: 1
entities:
  Entry: { schema: audit, table: entry, fields: { id: bigint! primary identity, Name: { type: text?, column: Name }, name: { type: text?, column: name } } }
  Other: { table: entry, fields: { id: bigint! primary identity, entry: Entry? } }
`
  const report = await port(source('postgres', { 'a.yaml': entities }), to, { answers: {}, defaults: true })
  const ids = [...report.ported.facts.keys()]
  expect(ids).toEqual(expect.arrayContaining(['table:audit_entry', 'table:entry', 'column:audit_entry.Name', 'column:audit_entry.name_2']))
  expect(report.findings.find(({ rule }) => rule === 'schema')).toMatchObject({ question: 'schema:audit', answer: 'prefix' })
})

it('gives keys of MySQL texts with a length, the same on both sides of a foreign key, within what an index holds', async () => {
  const to = target('mysql')
  const entities = `
version: 1
entities:
  Page: { table: page, primary: [a, b, c, d], fields: { a: text!, b: text!, c: text!, d: string(40)! } }
  Link: { table: link, fields: { id: bigint! primary identity, slug: text! unique, to: { type: text?, column: to_slug } }, foreignKeys: [{ fields: [to], references: { entity: Link, fields: [slug] } }] }
`
  const report = await port(source('postgres', { 'a.yaml': entities }), to, { answers: {}, defaults: true })
  const type = (id: string): unknown => (report.ported.facts.get(id)?.payload as { type?: unknown } | undefined)?.type
  expect(['a', 'b', 'c', 'd'].map((name) => type(`column:page.${name}`))).toEqual([
    'varchar(242)',
    'varchar(243)',
    'varchar(243)',
    'varchar(40)',
  ])
  expect([type('column:link.slug'), type('column:link.to_slug')]).toEqual(['varchar(255)', 'varchar(255)'])
  expect(report.built).toBeUndefined()
})

it('refuses a port to itself', async () => {
  await expect(port(source('mysql', { 'shop.yaml': shop }), target('mysql'), { answers: {} })).rejects.toMatchObject({
    code: 'YAMA_PORT_SAME',
  })
})

it('says where the order of nulls and letters of different case are lost', async () => {
  const notes = `
version: 1
entities:
  Note:
    fields:
      id: bigint! primary identity
      word: { type: text, nullable: true, collation: NOCASE }
`
  const { findings, ported } = await port(source('sqlite', { 'notes.yaml': notes }), target('mysql'), { answers: {}, defaults: true })
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'collation', object: 'column:note.word', outcome: 'lossy' }))
  expect([...ported.facts.values()].find(({ id }) => id === 'column:note.word')).toMatchObject({
    payload: { collation: 'utf8mb4_general_ci' },
  })
  const apart = { answers: { 'collation:NOCASE': 'tell them apart' }, defaults: true }
  const plain = await port(source('sqlite', { 'notes.yaml': notes }), target('mysql'), apart)
  expect([...plain.ported.facts.values()].find(({ id }) => id === 'column:note.word')?.payload).not.toHaveProperty('collation')
  const ordered = notes.replace(', collation: NOCASE', '').concat('    indexes: [{ fields: ["word desc nulls last"] }]\n')
  const { findings: lost } = await port(source('postgres', { 'notes.yaml': ordered }), target('sqlite'), { answers: {}, defaults: true })
  expect(lost).toContainEqual(expect.objectContaining({ rule: 'index', outcome: 'lossy', question: 'nulls order' }))
})
