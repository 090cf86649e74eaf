import { factBase, objectId, type AnyFact, type FactBase, type Unmanaged } from '@yama/schema'
import { expect, test } from 'vitest'
import { detectDrift } from './detect-drift.ts'
import { findDrifted } from './find-drifted.ts'

const base = (unmanaged: readonly Unmanaged[], facts: readonly AnyFact[] = []): FactBase => factBase('pg18:s1', facts, unmanaged)
const cast = (definition: string): Unmanaged => ({ kind: 'cast', name: 'app.money', reason: 'not in the model', dependsOn: [], definition })

test.each([
  ['added', [], [cast('a')]],
  ['removed', [cast('a')], []],
  ['changed', [cast('a')], [cast('b')]],
])('what the model does not carry is named: %s', (origin, before, after) => {
  const { objects } = detectDrift({ history: base(before), live: base(after) }, [], '2026-11-20')
  expect(objects).toMatchObject([{ id: 'unmanaged:cast app.money', object: 'cast app.money', origin, managed: false }])
})

test('an ignore counts through its last day', () => {
  const sequence: AnyFact = {
    ...{ kind: 'sequence', id: objectId('sequence', '', 'numbers'), schema: '', name: 'numbers', dependsOn: [] },
    payload: { type: 'bigint', start: '1', increment: '1', min: '1', max: '9', cache: '1', cycle: false } as never,
  }
  const states = { history: base([]), live: base([], [sequence]) }
  const ignore = { object: 'sequence numbers', reason: 'why', until: '2026-11-20' }
  expect(detectDrift(states, [ignore], '2026-11-20')).toMatchObject({ objects: [{ ignored: ignore }], expired: [], unused: [] })
  const after = detectDrift(states, [ignore], '2026-11-21')
  expect(after.expired).toEqual([ignore])
  expect(after.objects[0]?.ignored).toBeUndefined()
  expect(detectDrift({ history: base([]), live: base([]) }, [ignore], '2026-11-20').unused).toEqual([ignore])
})

test.each(['table app.imports', 'app.imports', 'imports', 'table imports'])('a table is found as %s', (name) => {
  const id = objectId('table', 'app', 'imports')
  const table = {
    id,
    object: 'table app.imports',
    origin: 'added',
    verdict: 'by-hand',
    managed: true,
    attributes: [],
    facts: [id],
  } as const
  expect(findDrifted([table], name)).toEqual([table])
})
