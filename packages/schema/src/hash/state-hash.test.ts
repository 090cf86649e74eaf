import { canonicalJson } from '@yama/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, factBase, factHash, memberId, stateHash, subtreeHash, type AnyFact, type FactBase } from '@yama/schema'
import { column, index, table } from '../../test/toy/facts.ts'
import { randomFacts } from '../../test/toy/random-facts.ts'
import { sameValue } from './same-value.ts'
import { stableText } from './stable-text.ts'

const facts = (): AnyFact[] => [
  table('t'),
  column('t', 'a', { comment: 'x' }, { position: 1 }),
  index('t', 'i', ['a']),
  table('u'),
  column('u', 'b'),
]

describe('the state hash', () => {
  it('has the tag and 16 digits, and does not depend on order, position, origin or former names', () => {
    const plain = factBase('pg15:s1', facts())
    const dressed = facts()
      .toReversed()
      .map((fact) => ({ ...fact, position: 7, was: ['z'], origin: { file: 'f', line: 1, column: 1 } }) as AnyFact)
    expect(stateHash(plain)).toMatch(/^pg15:s1:[0-9a-f]{16}$/)
    expect(stateHash(factBase('pg15:s1', dressed))).toBe(stateHash(plain))
  })

  it('changes with every payload, comments included, and only the touched table’s rollup changes', () => {
    const plain = factBase('pg15:s1', facts())
    const other = factBase(
      'pg15:s1',
      facts().map((fact) => (fact.name === 'a' ? column('t', 'a', { comment: 'y' }) : fact)),
    )
    expect(stateHash(other)).not.toBe(stateHash(plain))
    expect(subtreeHash(other, 'table:t')).not.toBe(subtreeHash(plain, 'table:t'))
    expect(subtreeHash(other, 'table:u')).toBe(subtreeHash(plain, 'table:u'))
    expect(factHash(column('t', 'a'))).toHaveLength(32)
  })

  it('covers what belongs to a column: privileges on its sequence', () => {
    const granted = (privilege: string): AnyFact => ({
      kind: 'grant',
      id: memberId('grant', '', 't_a_seq', 'app'),
      schema: '',
      name: 'app',
      parent: memberId('column', '', 't', 'a'),
      payload: { on: 'sequence', to: 'app', object: 't_a_seq', privileges: [privilege], grantable: [], byDefault: [] },
      dependsOn: [],
    })
    const [one, other] = ['USAGE', 'SELECT'].map((privilege) => factBase('pg15:s1', [...facts(), granted(privilege)])) as [
      FactBase,
      FactBase,
    ]
    expect(difference(one, other)).toHaveLength(1)
    expect(stateHash(one)).not.toBe(stateHash(other))
    expect(subtreeHash(one, 'table:t')).not.toBe(subtreeHash(other, 'table:t'))
  })

  it('is equal exactly where there is no difference', () => {
    fc.assert(
      fc.property(randomFacts, randomFacts, (a, b) => {
        expect(stateHash(a) === stateHash(b)).toBe(difference(a, b).length === 0)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('pins its format: a change of this value is a new format of every stored hash', () => {
    expect(stateHash(factBase('pg15:s1', facts()))).toMatchInlineSnapshot(`"pg15:s1:302ab9593ca09caa"`)
  })
})

describe('plain data', () => {
  it('has one text, that of canonicalJson, and equality agrees with it', () => {
    const values = fc.object({
      withNullPrototype: false,
      values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
    })
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(stableText(a)).toBe(canonicalJson(a))
        expect(sameValue(a, a)).toBe(true)
        if (sameValue(a, b)) expect(stableText(a)).toBe(stableText(b))
      }),
      { seed: 7 },
    )
  })
})
