import { dependenciesOf, dependentsOf, factBase, memberId, objectId, prepareBase, stateHash, type AnyFact } from '@yama/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { column, foreign, index, table } from '../../test/toy/facts.ts'
import { randomFacts } from '../../test/toy/random-facts.ts'

/** Every pair, in the order of the base. */
const inverse = (base: ReturnType<typeof factBase>, id: string): readonly string[] =>
  [...base.facts.keys()].filter((other) => dependenciesOf(base, other).includes(id))

test('dependents are the inverse of dependencies, in the order of the base', () => {
  fc.assert(
    fc.property(randomFacts, (base) => {
      for (const id of base.facts.keys()) expect(dependentsOf(base, id)).toEqual(inverse(base, id))
      expect(dependentsOf(base, 'table:nowhere')).toEqual([])
    }),
    { seed: 11, numRuns: 200 },
  )
})

test('through types, inheritance, foreign keys and views, and to a key of a parent', () => {
  const view: AnyFact = {
    kind: 'view',
    id: objectId('view', '', 'v'),
    schema: '',
    name: 'v',
    payload: { query: 'select a from child', materialized: false, columns: [], options: {} },
    dependsOn: [memberId('column', '', 'parent', 'a'), objectId('table', '', 'child')],
  }
  const mood: AnyFact = {
    kind: 'enum',
    id: objectId('enum', '', 'mood'),
    schema: '',
    name: 'mood',
    payload: { values: ['x'] },
    dependsOn: [],
  }
  const base = factBase('t', [
    view,
    table('other'),
    column('other', 'a'),
    foreign('other', 'other_fkey', ['a'], 'child', ['a']),
    table('child', { payload: { inherits: [objectId('table', '', 'parent')], options: {} } }),
    column('child', 'a'),
    index('child', 'child_idx', ['a']),
    column('child', 'b', { type: 'mood[]' }),
    table('parent'),
    column('parent', 'a'),
    index('parent', 'parent_idx', ['a']),
    mood,
  ])
  for (const id of base.facts.keys()) expect(dependentsOf(base, id)).toEqual(inverse(base, id))
  expect(dependentsOf(base, memberId('column', '', 'parent', 'a'))).toEqual([
    'view:v',
    'constraint:other.other_fkey',
    'column:child.a',
    'index:child.child_idx',
    'index:parent.parent_idx',
  ])
  expect(dependentsOf(base, mood.id)).toEqual(['column:child.b'])
})

test('a prepared base answers as any other', () => {
  fc.assert(
    fc.property(randomFacts, (base) => {
      const prepared = factBase(base.tag, [...base.facts.values()], base.unmanaged)
      prepareBase(prepared)
      expect(stateHash(prepared)).toBe(stateHash(base))
      for (const id of base.facts.keys()) expect(dependentsOf(prepared, id)).toEqual(inverse(base, id))
    }),
    { seed: 11, numRuns: 100 },
  )
})
