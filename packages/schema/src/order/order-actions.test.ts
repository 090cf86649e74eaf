import { describe, expect, it } from 'vitest'
import { factBase, orderActions, type Action, type AnyFact, type Fact, type FactId } from '@yama/schema'
import { column, constraint, foreign, index, table } from '../../test/toy/facts.ts'

const action = (title: string, roles: Partial<Action> = {}): Action => ({
  sql: title,
  title,
  produces: [],
  consumes: [],
  destroys: [],
  releases: [],
  lock: '',
  rewrite: false,
  transaction: 'any',
  loss: 'none',
  reversibility: 'lossless',
  because: { fact: roles.produces?.[0] ?? roles.destroys?.[0] ?? 'table:t', change: 'add' },
  ...roles,
})
const order = (actions: readonly Action[], before: readonly AnyFact[], after: readonly AnyFact[]): readonly string[] =>
  orderActions(actions, { before: factBase('t', before), after: factBase('t', after) }).map((one) => one.title)
const trigger = (on: string, name: string, dependsOn: readonly FactId[]): Fact<'trigger'> => ({
  kind: 'trigger',
  id: `trigger:${on}.${name}`,
  schema: '',
  name,
  parent: `table:${on}`,
  payload: { definition: '' },
  dependsOn,
})
const pair = [
  table('a'),
  column('a', 'b_id'),
  foreign('a', 'a_fk', ['b_id'], 'b', ['id']),
  table('b'),
  column('b', 'a_id'),
  foreign('b', 'b_fk', ['a_id'], 'a', ['id']),
]
const own = (name: string): FactId[] =>
  pair.filter((fact) => fact.id === `table:${name}` || fact.parent === `table:${name}`).map((fact) => fact.id)

describe('the order of actions', () => {
  it('gives up a foreign key inside a larger statement where tables that are made refer to each other', () => {
    expect(order([action('b', { produces: own('b') }), action('a', { produces: own('a') })], [], pair).toSorted()).toEqual(['a', 'b'])
  })

  it('drops a table before the one that it refers to, though a trigger that goes with the latter names it', () => {
    const facts = [table('a'), column('a', 'b_id'), foreign('a', 'a_fk', ['b_id'], 'b', ['id']), table('b'), trigger('b', 't', ['table:a'])]
    const drop = (name: string): Action =>
      action(name, { destroys: facts.flatMap(({ id, parent }) => (id === `table:${name}` || parent === `table:${name}` ? [id] : [])) })
    expect(order([drop('b'), drop('a')], facts, [])).toEqual(['a', 'b'])
    const loosen = action('loosen a', { destroys: ['constraint:a.a_fk'], because: { fact: 'table:a', change: 'alter' } })
    expect(order([drop('b'), loosen], facts, [table('a')])).toEqual(['loosen a', 'b'])
  })

  it('adds several foreign keys of one table in one statement only when both ends are there, in circles too', () => {
    const keys: Readonly<Record<string, readonly string[]>> = {
      staff: ['address', 'store'],
      store: ['address', 'staff'],
      film: ['staff', 'store'],
      address: [],
    }
    const facts = Object.entries(keys).flatMap(([name, targets]) => [
      table(name),
      column(name, 'id'),
      constraint(name, 'primary', 'primary', ['id']),
      ...targets.flatMap((target) => [column(name, target), foreign(name, `to_${target}`, [target], target, ['id'])]),
    ])
    const inside = (name: string, isKey: boolean): FactId[] =>
      facts
        .filter(({ id, parent }) => (id === `table:${name}` || parent === `table:${name}`) && id.includes('.to_') === isKey)
        .map(({ id }) => id)
    const actions = Object.entries(keys).flatMap(([name, targets]) => [
      action(`make ${name}`, { produces: inside(name, false) }),
      ...(targets.length === 0
        ? []
        : [action(`alter ${name}`, { produces: inside(name, true), because: { fact: `table:${name}`, change: 'alter' }, weight: 22 })]),
    ])
    const found = order(actions, [], facts)
    for (const [name, targets] of Object.entries(keys))
      for (const target of targets) expect(found.indexOf(`alter ${name}`)).toBeGreaterThan(found.indexOf(`make ${target}`))
  })

  it('drops a key in a statement of its own before the table that it refers to goes, though that one refers back', () => {
    const facts = [...pair, column('a', 'c_id'), foreign('a', 'a_fk_too', ['c_id'], 'b', ['id'])]
    const actions = [
      action('drop b', { destroys: own('b') }),
      action('drop the keys of a', {
        destroys: ['constraint:a.a_fk', 'constraint:a.a_fk_too'],
        because: { fact: 'table:a', change: 'alter' },
        weight: 1,
      }),
    ]
    expect(
      order(
        actions,
        facts,
        facts.filter(({ id, parent }) => (id === 'table:a' || parent === 'table:a') && !id.includes('fk')),
      ),
    ).toEqual(['drop the keys of a', 'drop b'])
  })

  it('names the circle where none can be given up', () => {
    const circle = [
      action('first', { produces: ['table:a'], consumes: ['table:b'] }),
      action('second', { produces: ['table:b'], consumes: ['table:a'] }),
    ]
    expect(() => order(circle, [], [table('a'), table('b')])).toThrow(
      expect.objectContaining({
        code: 'YAMA_SCHEMA_CYCLE',
        message: expect.stringMatching(/first → second → first|second → first → second/) as unknown,
      }),
    )
  })

  it('drops before another thing takes the identity or the name', () => {
    const key = [table('t'), column('t', 'x'), constraint('t', 'same', 'unique', ['x'])]
    const actions = [action('make index', { produces: ['index:t.same'] }), action('drop key', { destroys: ['constraint:t.same'] })]
    expect(order(actions, key, [table('t'), column('t', 'x'), index('t', 'same', ['x'])])).toEqual(['drop key', 'make index'])
  })

  it('uses what is released only after that, and what is consumed before it goes', () => {
    const because = { fact: 'column:t.x', change: 'alter' } as const
    const before = [table('t'), column('t', 'x'), table('old')]
    const actions = [
      action('drop', { destroys: ['table:old'], weight: 0 }),
      action('let go', { releases: ['table:old'], because, weight: 9 }),
      action('use', { consumes: ['table:old'], because, weight: 9 }),
    ]
    expect(order(actions, before, before.slice(0, 2)).at(-1)).toBe('drop')
  })

  it('keeps what belongs together adjacent, sequences in order, and renames first', () => {
    const actions = [
      action('r1', { together: 'r' }),
      action('s1', { sequence: 's', weight: 30 }),
      action('r2', { together: 'r' }),
      action('s2', { sequence: 's', weight: 1 }),
      action('rename', { because: { fact: 'table:z', change: 'rename' } }),
    ]
    expect(order(actions, [], [])).toEqual(['rename', 'r1', 'r2', 's1', 's2'])
  })
})
