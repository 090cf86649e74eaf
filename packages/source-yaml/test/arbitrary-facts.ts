import fc from 'fast-check'
import { type AnyFact, type ColumnPayload, type Fact, type IndexKey, memberId, objectId } from '@yama/schema'
import type { fakeDialect } from './fake-dialect.ts'

const word = fc.constantFrom(
  'user',
  'order_item',
  'name',
  'created_at',
  'Upper',
  'two words',
  'a',
  'e164',
  'status',
  'author_id',
  'parent_id',
  'userId',
  'x_1',
  'group',
  'größe',
  '1st',
  'id',
)
const text = fc.constantFrom(
  'plain',
  "it's",
  'null',
  '12',
  '{}',
  '',
  'now()',
  'two words',
  'a: b',
  '# no',
  '- x',
  '"q"',
  'true',
  'line\nbreak',
  ' padded ',
  'ünï',
)
const type = fc.constantFrom(
  'text',
  'varchar(120)',
  'integer',
  'bigint',
  'numeric(10,2)',
  'uuid',
  'boolean',
  'jsonb',
  'timestamptz',
  'text[]',
  'DATETIME',
  'geometry(Point, 4326)',
  '',
)
const sql = fc.constantFrom("nextval('s'::regclass)", 'lower(name)', "(a = 'x') or b", "now() + interval '1 day'", '1 > 0')
const options = fc.constantFrom({}, {}, {}, { fillfactor: '70' }, { strict: true, note: 'x: y' })

type Dialect = ReturnType<typeof fakeDialect>

const column = (dialect: Dialect, enums: readonly Fact<'enum'>[]): fc.Arbitrary<ColumnPayload> =>
  fc
    .record({
      type:
        enums.length === 0
          ? type
          : fc.oneof(
              { weight: 4, arbitrary: type },
              { weight: 1, arbitrary: fc.constantFrom(...enums.map((each) => `${each.schema}.${each.name}`)) },
            ),
      notNull: fc.boolean(),
      preset: fc.option(
        fc.oneof(
          sql,
          text.map((each) => dialect.types.defaultToNative({ literal: each }, undefined)),
          fc.constantFrom('now()', 'true', '0', '-1.5', 'NULL', "json '{}'"),
        ),
        { nil: undefined },
      ),
      extra: fc.constantFrom<Partial<ColumnPayload>>(
        {},
        {},
        {},
        {},
        { collation: 'de_DE' },
        { options: { storage: 'plain' } },
        { identity: { mode: 'always', start: '100' } },
        { identity: { mode: 'default' } },
        { generated: { expression: 'a || b', stored: true } },
      ),
      comment: fc.option(
        text.filter((each) => each !== ''),
        { nil: undefined, freq: 5 },
      ),
    })
    .map(({ type: drawn, notNull, preset, extra: found, comment }) => {
      // SQLite numbers rows in INTEGER columns only, and in one way.
      const extra: Partial<ColumnPayload> =
        dialect.kind === 'sqlite' && found.identity !== undefined ? { identity: { mode: 'default' } } : found
      return { native: dialect.kind === 'sqlite' && extra.identity !== undefined ? 'integer' : drawn, notNull, preset, extra, comment }
    })
    .map(({ native, notNull, preset, extra, comment }) => ({
      type: native,
      notNull,
      options: {},
      ...(preset === undefined || extra.identity !== undefined || extra.generated !== undefined || native.includes('.')
        ? {}
        : { default: preset }),
      ...(comment === undefined || dialect.kind === 'sqlite' ? {} : { comment }),
      ...extra,
    }))

interface Table {
  readonly schema: string
  readonly name: string
  readonly columns: readonly (readonly [string, ColumnPayload])[]
  readonly rest: { readonly options: Record<string, string | boolean>; readonly seed: number }
}

/** Schemas of a few tables whose keys, indexes and references are drawn from a seed. */
export function arbitraryFacts(dialect: Dialect): fc.Arbitrary<readonly AnyFact[]> {
  const schemas = dialect.kind === 'postgres' ? ['public', 'public', 'blog'] : ['']
  const enums: readonly Fact<'enum'>[] =
    dialect.kind !== 'postgres'
      ? []
      : [
          {
            kind: 'enum',
            id: objectId('enum', 'public', 'user_role'),
            schema: 'public',
            name: 'user_role',
            payload: { values: ['admin', 'two words', 'null'] },
            dependsOn: [],
          },
          {
            kind: 'enum',
            id: objectId('enum', 'public', 'Odd Name'),
            schema: 'public',
            name: 'Odd Name',
            payload: { values: ['a'] },
            dependsOn: [],
          },
        ]
  const plain = enums.slice(0, 1)
  const table: fc.Arbitrary<Table> = fc.record({
    schema: fc.constantFrom(...schemas),
    name: word,
    columns: fc.uniqueArray(fc.tuple(word, column(dialect, plain)), {
      minLength: 1,
      maxLength: 6,
      selector: ([name]) => name.toLowerCase(),
    }),
    rest: fc.record({ options, seed: fc.integer({ min: 0, max: 1_000_000 }) }),
  })
  return fc
    .uniqueArray(table, { minLength: 1, maxLength: 4, selector: (each) => `${each.schema}.${each.name.toLowerCase()}` })
    .map((tables) => {
      const facts: AnyFact[] = [...enums]
      if (tables.some((each) => each.schema === 'blog'))
        facts.unshift({ kind: 'schema', id: 'schema:blog', schema: '', name: 'blog', payload: {}, dependsOn: [] })
      for (const each of tables) facts.push(...tableFacts(each, tables, dialect))
      return facts
    })
}

function tableFacts(
  { schema, name: table, columns, rest: { options: own, seed } }: Table,
  tables: readonly Table[],
  dialect: Dialect,
): readonly AnyFact[] {
  const parent = objectId('table', schema, table)
  const facts: AnyFact[] = [{ kind: 'table', id: parent, schema, name: table, payload: { options: own }, dependsOn: [] }]
  let state = seed + 1
  const roll = (sides: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
  const names = columns.map(([name]) => name)
  const pick = (): string[] => [...new Set([names[roll(names.length)] ?? '', names[roll(names.length)] ?? ''])]
  const primary = roll(3) > 0 ? pick() : []
  for (const [index, [name, drawn]] of columns.entries()) {
    // SQLite numbers rows in the only column of a primary key.
    const { identity, ...plain } = drawn
    const payload = identity !== undefined && dialect.kind === 'sqlite' && !(primary.length === 1 && primary[0] === name) ? plain : drawn
    const notNull = payload.notNull || (dialect.kind !== 'sqlite' && primary.includes(name))
    facts.push({
      kind: 'column',
      id: memberId('column', schema, table, name),
      schema,
      name,
      parent,
      payload: { ...payload, notNull },
      dependsOn: [],
      position: index + 1,
    })
  }
  const constraint = (name: string, payload: Omit<Fact<'constraint'>['payload'], 'named' | 'options'>, named = true): void => {
    const id = memberId('constraint', schema, table, name)
    if (facts.some((fact) => fact.id === id)) return
    facts.push({
      kind: 'constraint',
      id,
      schema,
      name,
      parent,
      payload: { ...payload, named: named || dialect.kind !== 'sqlite', options: {} },
      dependsOn: [],
    })
  }
  const maybe = (kind: Parameters<Dialect['defaultName']>[0], over: readonly string[]): readonly [string, boolean] =>
    roll(3) === 0 ? [`${table}_${kind}_${roll(90)}`, true] : [dialect.defaultName(kind, table, over), false]
  if (primary.length > 0) constraint(...withPayload(maybe('primary', primary), { type: 'primary', columns: primary }))
  for (let count = roll(3); count > 0; count--) {
    const over = pick()
    constraint(
      ...withPayload(maybe('unique', over), {
        type: 'unique',
        columns: over,
        ...(roll(4) === 0 ? { deferrable: 'deferred' as const } : {}),
        ...(roll(4) === 0 ? { nullsNotDistinct: true } : {}),
      }),
    )
  }
  if (roll(2) === 0) constraint(`${table}_check_${roll(9)}`, { type: 'check', columns: [], expression: "status in ('a', 'b: c')" })
  if (roll(2) === 0) {
    const target = tables[roll(tables.length)]
    const column = target?.columns[roll(target.columns.length)]
    const own = columns[roll(columns.length)]
    if (target !== undefined && column !== undefined && own !== undefined) {
      const actions = ['no action', 'cascade', 'set null', 'restrict'] as const
      const references = {
        schema: target.schema,
        table: target.name,
        columns: [column[0]],
        onDelete: actions[roll(4)] ?? 'no action',
        onUpdate: actions[roll(4)] ?? 'no action',
      }
      constraint(...withPayload(maybe('foreign', [own[0]]), { type: 'foreign', columns: [own[0]], references }))
    }
  }
  for (let count = roll(3); count > 0; count--) {
    const keys: IndexKey[] = pick().map((column) =>
      roll(5) === 0
        ? { expression: `lower(${column})` }
        : { column, ...(roll(3) === 0 ? { descending: true } : {}), ...(roll(5) === 0 ? { nulls: 'first' as const, collation: 'C' } : {}) },
    )
    const [name] =
      roll(2) === 0
        ? [
            dialect.defaultName(
              'index',
              table,
              keys.map((key) => key.column ?? 'expr'),
            ),
          ]
        : [`${schema}_${table}_ix_${roll(90)}`]
    const id = memberId('index', schema, table, name ?? '')
    if (facts.some((fact) => fact.id === id) || keys.some((key) => key.nulls === 'first' && key.descending)) continue
    const payload = {
      unique: roll(3) === 0,
      method: roll(4) === 0 ? 'gin' : 'btree',
      keys,
      options: {},
      ...(roll(3) === 0 ? { where: 'deleted_at is null' } : {}),
    }
    facts.push({ kind: 'index', id, schema, name: name ?? '', parent, payload, dependsOn: [] })
  }
  return facts
}

function withPayload(
  name: readonly [string, boolean],
  payload: Omit<Fact<'constraint'>['payload'], 'named' | 'options'>,
): [string, Omit<Fact<'constraint'>['payload'], 'named' | 'options'>, boolean] {
  return [name[0], payload, name[1]]
}
