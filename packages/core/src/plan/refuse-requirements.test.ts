import { describe, expect, it } from 'vitest'
import { appliedRow, historyOf } from '../../test/test-history.ts'
import { testMigration } from '../../test/test-migration.ts'
import type { Migration } from '../contract/migration.ts'
import { buildGraph } from '../graph/build-graph.ts'
import { refuseRequirements, requiredProjects } from './refuse-requirements.ts'

const billing = testMigration('m_1', { name: '001_invoices' })
const needing = (requires: readonly string[]): Migration => ({ ...testMigration('b', { parents: ['a'] }), requires })
const own = testMigration('a', { parents: [] })
const refuse = (requires: readonly string[], reverted = false): void => {
  const row = appliedRow(billing, 1)
  refuseRequirements(buildGraph([own, needing(requires)]).order(), {
    history: historyOf([]),
    project: 'shop',
    otherProjects: new Map([['billing', historyOf([reverted ? { ...row, status: 'reverted' } : row])]]),
  })
}

describe('requires', () => {
  it.each([['billing:m_1'], ['billing:001_invoices'], ['a'], ['shop:a'], ['migration:a']])('%s is there', (required) => {
    expect(() => refuse([required])).not.toThrow()
  })

  it.each([['billing:m_2'], ['crm:m_1'], ['m_1'], ['b']])('%s is missing', (required) => {
    expect(() => refuse(['a', required])).toThrow(
      expect.objectContaining({ code: 'YAMA_REQUIRES_MISSING', position: { file: 'migrations/b.sql', line: 1, column: 1 } }),
    )
  })

  it('does not count what was reverted', () => {
    expect(() => refuse(['billing:m_1'], true)).toThrow(expect.objectContaining({ code: 'YAMA_REQUIRES_MISSING' }))
  })

  it('refuses what nothing can tell', () => {
    expect(() => refuse(['flag:new_names'])).toThrow(expect.objectContaining({ code: 'YAMA_REQUIRES_UNKNOWN' }))
  })

  it('asks each other project once', () => {
    const nodes = buildGraph([own, needing(['a', 'shop:a', 'billing:m_1', 'billing:m_2', 'crm:x', 'flag:y'])]).order()
    expect(requiredProjects(nodes, 'shop')).toEqual(['billing', 'crm'])
  })
})
