import { expect, it } from 'vitest'
import { buildGraph } from '../graph/build-graph.ts'
import { testMigration } from '../../test/test-migration.ts'
import { resolveTarget } from './resolve-target.ts'

const ids = ['20261120093000_create_users', '20261121101500_add_email', 'V3__add-phone', '004_add_email']
const graph = buildGraph(ids.map((id) => testMigration(id)))
const meant = (target: string): string => resolveTarget(target, graph, undefined)

it.each([
  ['20261120093000_create_users', ids[0]],
  ['20261121', ids[1]],
  ['create_users', ids[0]],
  ['create-users', ids[0]],
  ['add_phone', ids[2]],
  ['004', ids[3]],
])('%s is %s', (target, id) => {
  expect(meant(target)).toBe(id)
})

it('does not take one number for another, nor choose between two of the same words', () => {
  expect(() => meant('20261120093001_create_users')).toThrow(expect.objectContaining({ code: 'YAMA_TARGET_UNKNOWN' }))
  expect(() => meant('users')).toThrow(expect.objectContaining({ code: 'YAMA_TARGET_UNKNOWN' }))
  expect(() => meant('add_email')).toThrow(expect.objectContaining({ code: 'YAMA_TARGET_AMBIGUOUS', data: [ids[3], ids[1]] }))
})
