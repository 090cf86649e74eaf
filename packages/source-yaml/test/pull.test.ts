import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnyFact, factBase, type FactBase } from '@yama/schema'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { yamlEntities } from '../src/index.ts'
import { fakeDialect } from './fake-dialect.ts'

const dialect = fakeDialect('postgres')
const written = `# Our people.
version: 1
entities:
  User:
    doc: Who can sign in.
    owner: team-identity
    table: users
    fields:
      id: uuid! primary = gen_uuid()
      # Never shown.
      email: string(120)! unique      # checked by the form
      phone:
        type: string(20)?
        was: mobile
        sensitive: true
      tags: Tag[] through:user_tags
    indexes:
      - { fields: [phone], where: phone is not null, only: [postgres] }
      - fields: [email]               # for the report
        only: [mysql]
    checks:
      has_at: "email like '%@%'"
  Tag:
    table: tags
    fields: { id: "uuid! primary" }
`
let directory = ''
const file = (): string => readFileSync(join(directory, 'user.yaml'), 'utf8')
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yama-pull-'))
  writeFileSync(join(directory, 'user.yaml'), written)
})
afterEach(() => rmSync(directory, { recursive: true }))

async function pull(change: (facts: Map<string, AnyFact>) => void, unmanaged: FactBase['unmanaged'] = []): Promise<readonly string[]> {
  const source = yamlEntities({ directory, root: directory })
  const { desired } = await source.load({ dialect })
  const facts = new Map(desired.facts)
  change(facts)
  return source.write(factBase('t', facts.values(), unmanaged), { dialect })
}
const alter = (facts: Map<string, AnyFact>, id: string, payload: object): void => {
  const fact = facts.get(id)
  if (fact === undefined) throw new Error(`no ${id}`)
  facts.set(id, { ...fact, payload: { ...fact.payload, ...payload } } as AnyFact)
}

describe('pull over files that are there', () => {
  it('writes tables whose names are longer than those of files', async () => {
    const long = (end: string): string => `${'really'.repeat(60)}${end}`
    const changed = await pull((facts) => {
      for (const name of [long('a'), long('b')]) {
        const table = { kind: 'table', id: `table:public.${name}`, schema: 'public', name, payload: { options: {} }, dependsOn: [] }
        facts.set(table.id, table as AnyFact)
      }
    })
    const stem = long('').slice(0, 50)
    expect(changed.toSorted()).toEqual([`${stem}-2.yaml`, `${stem}.yaml`])
  })

  it('gives a column a key that a file can have', async () => {
    await pull((facts) => {
      const column = facts.get('column:public.users.phone') as AnyFact
      facts.set('column:public.users.__proto__', { ...column, id: 'column:public.users.__proto__', name: '__proto__' } as AnyFact)
    })
    expect(file()).toContain('      proto: string(20)? column:__proto__\n')
    const { desired } = await yamlEntities({ directory, root: directory }).load({ dialect })
    expect(desired.facts.get('column:public.users.__proto__')).toMatchObject({ name: '__proto__' })
  })

  it('writes nothing where nothing differs', async () => {
    expect(await pull(() => undefined)).toEqual([])
    expect(file()).toBe(written)
  })
  it('writes nothing for a view whose columns the server knows, and nobody said anything of', async () => {
    writeFileSync(
      join(directory, 'views.yaml'),
      'version: 1\nviews:\n  v:\n    # why\n    query: SELECT 1 AS a, 2 AS b\n    columns: { b: two }\n',
    )
    const columns = (a: object): object => ({
      columns: [
        { name: 'a', type: 'integer', ...a },
        { name: 'b', type: 'integer', comment: 'two' },
      ],
    })
    expect(await pull((facts) => alter(facts, 'view:public.v', columns({})))).toEqual([])
    expect(await pull((facts) => alter(facts, 'view:public.v', columns({ default: '7' })))).toEqual(['views.yaml'])
  })

  it('changes one field and keeps comments, order and what is for people', async () => {
    expect(await pull((facts) => alter(facts, 'column:public.users.phone', { type: 'varchar(32)', notNull: true }))).toEqual(['user.yaml'])
    expect(file()).toMatchInlineSnapshot(`
      "# Our people.
      version: 1
      entities:
        User:
          doc: Who can sign in.
          owner: team-identity
          table: users
          fields:
            id: uuid! primary = gen_uuid()
            # Never shown.
            email: string(120)! unique # checked by the form
            phone:
              type: string(32)!
              was: mobile
              sensitive: true
            tags: Tag[] through:user_tags
          indexes:
            - { fields: [ phone ], where: phone is not null, only: [ postgres ] }
            - fields: [ email ] # for the report
              only: [ mysql ]
          checks:
            has_at: "email like '%@%'"
        Tag:
          table: tags
          fields: { id: "uuid! primary" }
      "
    `)
  })
  it('changes a shorthand in place, with the comment behind it', async () => {
    await pull((facts) => facts.delete('constraint:public.users.users_email_key'))
    expect(file()).toContain('email: string(120)! # checked by the form')
  })
  it('adds a column and an index, and removes what is gone', async () => {
    await pull((facts) => {
      facts.set('column:public.users.age', {
        kind: 'column',
        id: 'column:public.users.age',
        schema: 'public',
        name: 'age',
        parent: 'table:public.users',
        payload: { type: 'integer', notNull: false, options: {} },
        dependsOn: [],
        position: 9,
      })
      facts.set('index:public.users.by_age', {
        kind: 'index',
        id: 'index:public.users.by_age',
        schema: 'public',
        name: 'by_age',
        parent: 'table:public.users',
        payload: { unique: false, method: 'btree', keys: [{ column: 'age', descending: true }], options: {} },
        dependsOn: [],
      })
      facts.delete('constraint:public.users.has_at')
      facts.delete('index:public.users.users_phone_idx')
    })
    expect(file()).toContain('      age: int?\n')
    expect(file()).toContain('- { name: by_age, fields: [ age desc ] }')
    expect(file()).toContain('only: [ mysql ]')
    expect(file()).not.toContain('has_at')
    expect(file()).not.toContain('phone is not null')
  })
  it('replaces a join table that has become more', async () => {
    const changed = await pull((facts) =>
      facts.set('column:public.user_tags.note', {
        kind: 'column',
        id: 'column:public.user_tags.note',
        schema: 'public',
        name: 'note',
        parent: 'table:public.user_tags',
        payload: { type: 'text', notNull: false, options: {} },
        dependsOn: [],
        position: 3,
      }),
    )
    expect(changed).toEqual(['user-tag.yaml', 'user.yaml'])
    expect(file()).not.toContain('through')
    expect(readFileSync(join(directory, 'user-tag.yaml'), 'utf8')).toContain('note: text?')
  })
  it('writes a key to columns that are not there so that it is read again', async () => {
    const id = 'constraint:public.users.users_gone'
    const references = { schema: 'public', table: 'tags', columns: ['gone'], onDelete: 'no action', onUpdate: 'no action' } as const
    const payload = { type: 'foreign', columns: ['phone'], named: true, references, options: {} } as const
    await pull((facts) =>
      facts.set(id, {
        kind: 'constraint',
        id,
        schema: 'public',
        name: 'users_gone',
        parent: 'table:public.users',
        payload,
        dependsOn: [],
        position: 9,
      }),
    )
    expect(file()).toContain('references: { table: tags, columns: [ gone ] }')
    expect(await pull(() => undefined)).toEqual([])
  })
  it('removes the entity of a table that is gone, but not of one that is unmanaged', async () => {
    const without = (facts: Map<string, AnyFact>): void => {
      for (const id of facts.keys()) if (/public\.(user_)?tags/.test(id)) facts.delete(id)
    }
    await pull(without, [
      { kind: 'table', name: 'public.tags', reason: 'partitioned', dependsOn: [] },
      { kind: 'table', name: 'public.user_tags', reason: 'partitioned', dependsOn: [] },
    ])
    expect(file()).toBe(written)
    await pull(without)
    expect(file()).not.toContain('Tag')
  })
  it('keeps a text that the server prints differently', async () => {
    const source = yamlEntities({ directory, root: directory })
    const { desired } = await source.load({ dialect })
    const facts = new Map(desired.facts)
    alter(facts, 'constraint:public.users.has_at', { expression: "((email)::text ~~ '%@%'::text)" })
    const found = factBase('t', facts.values())
    expect(await source.write(found, { dialect, canonical: async () => found })).toEqual([])
    expect(await source.write(found, { dialect })).toEqual(['user.yaml'])
  })
})
