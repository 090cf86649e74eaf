import { expect, it } from 'vitest'
import { factBase } from '../facts/fact-base.ts'
import type { AnyFact } from '../facts/fact.ts'
import { keepPrivileges } from './keep-privileges.ts'

const table = (name: string): AnyFact => ({ kind: 'table', id: `table:${name}`, schema: '', name, payload: { options: {} }, dependsOn: [] })
const grant = (on: string, to: string): AnyFact => ({
  kind: 'grant',
  id: `grant:${on}.${to}`,
  schema: '',
  name: to,
  parent: `table:${on}`,
  payload: { on: 'table', to, object: on, privileges: ['SELECT'], grantable: [], byDefault: [] },
  dependsOn: [],
})

it('keeps what was granted elsewhere, but not on what goes', () => {
  const before = factBase('t', [table('a'), table('b'), grant('a', 'app'), grant('b', 'app')])
  expect([...keepPrivileges(factBase('t', [table('a')]), before).facts.keys()]).toEqual(['table:a', 'grant:a.app'])
})

it('leaves a state alone that says something about privileges', () => {
  const before = factBase('t', [table('a'), grant('a', 'app')])
  const after = factBase('t', [table('a'), grant('a', 'other')])
  expect(keepPrivileges(after, before)).toBe(after)
})
