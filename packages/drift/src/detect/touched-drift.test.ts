import type { Effect } from '@yama/core'
import { objectId, memberId, type FactId } from '@yama/schema'
import { expect, test } from 'vitest'
import type { DriftedObject } from './drifted-object.ts'
import { touchedDrift } from './touched-drift.ts'

const drifted = (id: FactId): DriftedObject => ({
  ...{ id, object: id, origin: 'changed', verdict: 'by-hand', managed: true, attributes: [], facts: [id] },
})
const effect = (object: string, schema = '', member?: string): Effect => ({
  ...{ object, schema, facet: 'exist', access: 'write', ...(member === undefined ? {} : { member }) },
})
const size = memberId('column', 'app', 'Orders', 'size')

test.each([
  ['its table', size, effect('relation:orders'), true],
  ['itself', size, effect('relation:orders', 'app', 'column:size'), true],
  ['another column', size, effect('relation:orders', 'app', 'column:total'), false],
  ['a constraint of its table', size, effect('relation:orders', 'app', 'constraint:orders_check'), true],
  ['its name in another schema', size, effect('relation:orders', 'other'), false],
  ['an index by its own name', memberId('index', '', 'orders', 'by_size'), effect('relation:by_size'), true],
  ['a function without its arguments', objectId('function', 'app', 'touch(integer)'), effect('function:touch'), true],
  ['a type', objectId('enum', 'app', 'mood'), effect('type:mood', 'app'), true],
  ['a table of the name of a type', objectId('enum', 'app', 'mood'), effect('relation:mood', 'app'), false],
])('%s', (_, id, touching, expected) => {
  expect(touchedDrift([drifted(id)], [touching])).toHaveLength(expected ? 1 : 0)
})
