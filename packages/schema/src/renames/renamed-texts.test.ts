import { describe, expect, it } from 'vitest'
import { factBase, renamedTexts, type Fact, type FactBase } from '@yama/schema'
import { column, constraint, table } from '../../test/toy/facts.ts'

/** A column whose check takes the values. */
const state = (values: readonly string[], renamedValues?: Readonly<Record<string, string>>): FactBase => {
  const check = constraint('people', 'known', 'check', ['role'])
  const expression = `role in (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`
  return factBase('toy1:s1', [
    table('people'),
    column('people', 'role', {}, renamedValues === undefined ? {} : { renamedValues }),
    { ...check, payload: { ...check.payload, expression } },
  ])
}
const found = (before: FactBase, after: FactBase): unknown =>
  renamedTexts(after.facts.get('column:people.role') as Fact<'column'>, { before, after })

describe('renamed values of a text column', () => {
  it('are those that the old check takes and the new one does not', () => {
    expect(found(state(['user', 'admin']), state(['user', 'chief'], { admin: 'chief' }))).toEqual([{ old: 'admin', value: 'chief' }])
  })
  it('go back where the old state declared them', () => {
    expect(found(state(["it's"], { old: "it's" }), state(['old']))).toEqual([{ old: "it's", value: 'old' }])
  })
  it('are none where it was done before, where both names are values, or where two become one', () => {
    expect(found(state(['chief']), state(['chief', 'guest'], { admin: 'chief' }))).toEqual([])
    expect(found(state(['admin', 'chief']), state(['chief'], { admin: 'chief' }))).toEqual([])
    expect(found(state(['a', 'b']), state(['c'], { a: 'c', b: 'c' }))).toEqual([{ old: 'a', value: 'c' }])
  })
})
