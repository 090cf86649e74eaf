import { describe, expect, it } from 'vitest'
import { factBase, planChange, requirePlan, type AnyFact, type Unmanaged } from '@yama/schema'
import { column, table, view } from '../../test/toy/facts.ts'
import { toyDialect } from '../../test/toy/toy-dialect.ts'

const dialect = toyDialect()
const one = (extra: Partial<Unmanaged>): Unmanaged => ({
  kind: 'function',
  name: 'f',
  reason: 'not part of the model',
  dependsOn: [],
  ...extra,
})
const codes = (before: readonly AnyFact[], after: readonly AnyFact[], ...unmanaged: Unmanaged[]): readonly string[] =>
  planChange({ before: factBase('toy1:s1', before, unmanaged), after: factBase('toy1:s1', after), dialect, renames: [] }).refusals.map(
    (error) => error.code,
  )

const t = [table('t'), column('t', 'a'), column('t', 'b')]

describe('unmanaged objects', () => {
  it('stop what would take them along, by name', () => {
    expect(codes(t, [], one({ kind: 'trigger', name: 't.g', table: 'table:t' }))).toEqual(['YAMA_SCHEMA_UNMANAGED_DEPENDS'])
    expect(codes(t, t.slice(0, 2), one({ dependsOn: ['column:t.b'] }))).toEqual(['YAMA_SCHEMA_UNMANAGED_DEPENDS'])
    const before = factBase('toy1:s1', t, [one({ kind: 'view', name: 'v', dependsOn: ['column:t.b'] })])
    const plan = planChange({ before, after: factBase('toy1:s1', t.slice(0, 2)), dialect, renames: [] })
    expect(plan.actions).toEqual([])
    expect(() => requirePlan(plan)).toThrow(/column t\.b .* view v/)
  })

  it('do not stop what leaves them alone', () => {
    expect(codes(t, t.slice(0, 2), one({ kind: 'trigger', name: 't.g', table: 'table:t' }))).toEqual([])
    expect(codes(t, [...t, column('t', 'c')], one({ dependsOn: ['column:t.b'] }))).toEqual([])
    expect(codes(t, [], one({ kind: 'grant', name: 't', table: 'table:t' }))).toEqual([])
  })

  it('stop a replacement, their grants included, and a change the server refuses while they depend on it', () => {
    const v = (query: string): AnyFact[] => [...t, view('v', query, ['column:t.a'])]
    expect(codes(v('select a from t'), v('select b from t'), one({ kind: 'grant', name: 'v', dependsOn: ['view:v'] }))).toEqual([
      'YAMA_SCHEMA_UNMANAGED_DEPENDS',
    ])
    expect(
      codes(
        t,
        [table('t'), column('t', 'a', { type: 'text' }), column('t', 'b')],
        one({ kind: 'policy', name: 'p', dependsOn: ['column:t.a'] }),
      ),
    ).toEqual(['YAMA_SCHEMA_UNMANAGED_DEPENDS'])
  })

  it('keep their names', () => {
    expect(codes([], t, one({ kind: 'partitioned table', name: 't' }))).toEqual(['YAMA_SCHEMA_UNMANAGED_NAME'])
    expect(codes([], t, one({ name: 't' }))).toEqual([])
  })
})
