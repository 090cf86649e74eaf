import { describe, expect, it } from 'vitest'
import { difference, factBase, findRenames, invertRenames, planChange, requirePlan, type AnyFact } from '@yama/schema'
import { column, constraint, enumeration, foreign, index, table, view } from '../../test/toy/facts.ts'
import { ToyDatabase } from '../../test/toy/toy-database.ts'
import { toyDialect } from '../../test/toy/toy-dialect.ts'

const base = (...facts: AnyFact[]): ReturnType<typeof factBase> => factBase('toy1:s1', facts)
const users = (name: string, mail: string, extra: Partial<AnyFact> = {}, mailExtra: Partial<AnyFact> = {}): AnyFact[] => [
  table(name, extra as object),
  column(name, 'id', { notNull: true }),
  column(name, mail, { type: 'text' }, mailExtra as object),
  constraint(name, `${name}_pkey`, 'primary', ['id']),
  index(name, `${name}_${mail}_idx`, [mail]),
]

describe('a declared rename', () => {
  const before = base(
    ...users('users', 'mail'),
    table('posts'),
    column('posts', 'author'),
    foreign('posts', 'posts_fkey', ['author'], 'users', ['id']),
  )
  const after = base(
    ...users('people', 'email', { was: ['users'] }, { was: ['post', 'mail'] }),
    table('posts'),
    column('posts', 'author'),
    foreign('posts', 'posts_fkey', ['author'], 'people', ['id']),
  )

  it('moves the table with its columns, and keys and indexes take the wanted names', () => {
    const { renames, candidates } = findRenames(before, after)
    expect(renames).toEqual([
      { from: 'table:users', to: 'table:people' },
      { from: 'column:users.mail', to: 'column:people.email' },
      { from: 'constraint:users.users_pkey', to: 'constraint:people.people_pkey' },
      { from: 'index:users.users_mail_idx', to: 'index:people.people_email_idx' },
    ])
    expect(candidates).toEqual([])
  })

  it('leaves nothing but renames to do, in both directions', () => {
    const { renames } = findRenames(before, after)
    const database = new ToyDatabase(before)
    const up = requirePlan(planChange({ before, after, dialect: toyDialect(), renames }))
    expect(up.actions.map((action) => action.because.change)).toEqual(['rename', 'rename', 'rename', 'rename'])
    expect(up.summary).toBe('rename_users_to_people')
    for (const action of up.actions) database.execute(action.sql)
    expect(difference(database.facts(), after)).toEqual([])
    const down = requirePlan(planChange({ before: after, after: before, dialect: toyDialect(), renames: invertRenames(renames) }))
    for (const action of down.actions) database.execute(action.sql)
    expect(difference(database.facts(), before)).toEqual([])
  })

  it('is inert once the new name exists, or when the old one never did', () => {
    expect(findRenames(after, after).renames).toEqual([])
    expect(findRenames(base(), after).renames).toEqual([])
  })

  it('is refused when two claim one old name, with both places', () => {
    const place = (line: number): NonNullable<AnyFact['origin']> => ({ file: 'users.yaml', line, column: 1 })
    const twice = base(table('a', { was: ['users'], origin: place(1) }), table('b', { was: ['users'], origin: place(9) }))
    expect(() => findRenames(base(table('users')), twice)).toThrow(
      expect.objectContaining({ code: 'YAMA_SCHEMA_RENAME_TWICE', data: { places: [place(1), place(9)] } }),
    )
  })

  it('is refused where names go round in a circle: a swap that is done looks like one that is not', () => {
    const two = base(table('a'), table('b'))
    const swapped = base(table('a', { was: ['b'] }), table('b', { was: ['a'] }))
    expect(() => findRenames(two, swapped)).toThrow(expect.objectContaining({ code: 'YAMA_SCHEMA_RENAME_CIRCLE' }))
    const old = base(table('t'), ...['a', 'b', 'c', 'd'].map((name) => column('t', name)))
    const round = base(
      table('t'),
      ...[
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['d', 'x'],
      ].map(([name = '', was = '']) => column('t', name, {}, { was: [was] })),
    )
    expect(() => findRenames(old, round)).toThrow(/a\b.* was b, .*b\b.* was c, .*c\b.* was a\./)
    // The names are all taken, and nobody claims one that is wanted back: old `was:` lines which stayed.
    expect(findRenames(two, base(table('a'), table('b', { was: ['a'] }))).renames).toEqual([])
  })

  it('follows chains and swaps', () => {
    const old = base(table('a'), table('b'))
    const chain = findRenames(old, base(table('b', { was: ['a'] }), table('c', { was: ['b'] })), [])
    expect(chain.renames).toEqual([
      { from: 'table:b', to: 'table:c' },
      { from: 'table:a', to: 'table:b' },
    ])
    const swap = [
      { from: 'table:a', to: 'table:b' },
      { from: 'table:b', to: 'table:a' },
    ]
    const plan = requirePlan(planChange({ before: old, after: old, dialect: toyDialect(), renames: swap }))
    expect(plan.actions).toHaveLength(3)
    const database = new ToyDatabase(old)
    for (const action of plan.actions) database.execute(action.sql)
    expect(difference(database.facts(), old)).toEqual([])
  })
})

describe('an undeclared rename', () => {
  it('is a question with evidence, never an answer', () => {
    const { renames, candidates } = findRenames(base(...users('users', 'mail')), base(...users('users', 'email')))
    expect(renames).toEqual([])
    expect(candidates).toMatchObject([{ kind: 'column', from: { name: 'mail' }, to: { name: 'email' }, ambiguous: false }])
    expect(candidates[0]?.evidence).toContain('same type text')
  })

  it('of a table is found by its columns, and its columns are no questions of their own', () => {
    const { candidates } = findRenames(base(...users('users', 'mail')), base(...users('people', 'mail')))
    expect(candidates).toMatchObject([{ kind: 'table', from: { name: 'users' }, to: { name: 'people' } }])
    const decided = findRenames(base(...users('users', 'mail')), base(...users('people', 'mail')), [
      { from: 'table:users', to: 'table:people' },
    ])
    expect(decided).toMatchObject({ candidates: [], renames: [{}, {}, {}] })
  })

  it('of a table is found where a column got another name and one another type', () => {
    const columns = (name: string, mail: string, label: string): AnyFact[] => [
      table(name),
      column(name, 'id', { notNull: true }),
      column(name, mail, { type: 'text' }),
      column(name, 'label', { type: label }),
      column(name, 'at', { type: 'time' }),
    ]
    const { candidates } = findRenames(base(...columns('users', 'email', 'text')), base(...columns('account', 'mail', 'int')))
    expect(candidates).toMatchObject([
      { from: { name: 'users' }, to: { name: 'account' }, evidence: ['2 of 4 columns are the same', '1 more has the same name'] },
    ])
    // An `id` and a type do not make them one.
    const other = [table('orders'), ...['id', 'sum', 'tax', 'at'].map((name) => column('orders', name, { type: name }))]
    expect(findRenames(base(...columns('users', 'email', 'text')), base(...other)).candidates).toEqual([])
  })

  it('with two possible answers says so', () => {
    const { candidates } = findRenames(
      base(table('t'), column('t', 'name', { type: 'text' })),
      base(table('t'), column('t', 'first_name', { type: 'text' }), column('t', 'last_name', { type: 'text' })),
    )
    expect(candidates.map((one) => one.ambiguous)).toEqual([true, true])
  })

  it('of an enum is found by its values; different things are no question', () => {
    const { candidates } = findRenames(
      base(enumeration('role', ['a', 'b']), table('x'), column('x', 'q')),
      base(enumeration('user_role', ['a', 'b', 'c']), table('y'), column('y', 'z', { type: 'text' })),
    )
    expect(candidates.map((one) => one.kind)).toEqual(['enum'])
  })
})

describe('renaming without a server', () => {
  it('rewrites names in checks and views, not in strings', () => {
    const before = base(
      table('t'),
      column('t', 'a'),
      constraint('t', 'c', 'check', ['a'], { expression: "a > 0 and 'a' <> a(1)" }),
      view('v', 'select t.a from t', ['column:t.a', 'table:t']),
    )
    const after = base(
      table('u'),
      column('u', 'b'),
      constraint('u', 'c', 'check', ['b'], { expression: "b > 0 and 'a' <> a(1)" }),
      view('v', 'select u.b from u', ['column:u.b', 'table:u']),
    )
    const renames = [
      { from: 'table:t', to: 'table:u' },
      { from: 'column:t.a', to: 'column:u.b' },
    ]
    expect(planChange({ before, after, dialect: toyDialect(), renames }).deltas.map((delta) => delta.change)).toEqual(['rename', 'rename'])
  })
})
