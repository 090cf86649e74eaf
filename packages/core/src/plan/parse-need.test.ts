import { describe, expect, it } from 'vitest'
import { compares, parseNeed } from './parse-need.ts'

describe('needs', () => {
  it.each([
    ['server >= 15', { kind: 'server', server: 'server', comparison: '>=', version: '15' }],
    ['mariadb>=10.6', { kind: 'server', server: 'mariadb', version: '10.6' }],
    ['extension pg_trgm', { kind: 'extension', name: 'pg_trgm' }],
    ['privilege create on schema app', { kind: 'privilege', name: 'create', schema: 'app' }],
    ['privilege SELECT on users', { kind: 'privilege', name: 'select', table: 'users' }],
    ['privilege create temporary tables', { kind: 'privilege', name: 'create temporary tables' }],
    ["setting wal_level = 'logical'", { kind: 'setting', name: 'wal_level', comparison: '=', value: 'logical' }],
  ])('%s', (text, need) => {
    expect(parseNeed(text, 'm.sql')).toMatchObject({ ...need, text })
  })

  it.each(['', 'server', 'oracle >= 19', 'extension', 'extension a b', 'setting a;b = 1', 'flag new_names'])('%s is refused', (text) => {
    expect(() => parseNeed(text, 'm.sql')).toThrow(expect.objectContaining({ code: 'YAMA_NEEDS_INVALID' }))
  })

  it.each([
    ['15.4', '>=', '15', true],
    ['15.4', '=', '15', true],
    ['9.6.1', '>=', '10', false],
    ['10.11.2-MariaDB', '>=', '10.6', true],
    ['8.0.16', '<', '8.0.16', false],
    ['3.45.1', '<=', '3.45', true],
    ['Logical', '=', 'logical', true],
    ['replica', '>=', 'logical', false],
    ['replica', '!=', 'logical', true],
    ['on', '=', '1', false],
  ] as const)('%s %s %s is %s', (found, comparison, wanted, met) => {
    expect(compares(found, comparison, wanted)).toBe(met)
  })
})
