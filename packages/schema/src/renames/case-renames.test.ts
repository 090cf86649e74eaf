import { expect, test } from 'vitest'
import { factBase } from '../facts/fact-base.ts'
import { memberId, objectId } from '../facts/fact-id.ts'
import type { AnyFact, FactBase } from '../facts/fact.ts'
import { caseRenames } from './case-renames.ts'

const column = (table: string, name: string, position: number): AnyFact => ({
  kind: 'column',
  id: memberId('column', '', table, name),
  schema: '',
  name,
  parent: objectId('table', '', table),
  payload: { type: 'int', notNull: false, options: {} },
  dependsOn: [],
  position,
})

function base(table: string, ...columns: readonly string[]): FactBase {
  const id = objectId('table', '', table)
  return factBase('mysql9:s4', [
    { kind: 'table', id, schema: '', name: table, payload: { options: {} }, dependsOn: [] },
    ...columns.map((name, position) => column(table, name, position)),
  ])
}

const ignoring = { columnsIgnoreCase: true }

test('a column in other upper and lower case is the same one, where the server says so', () => {
  const [before, after] = [base('t', 'id', 'name'), base('t', 'ID', 'Name')]
  expect(caseRenames(before, after, [], ignoring)).toEqual([
    { from: 'column:t.id', to: 'column:t.ID' },
    { from: 'column:t.name', to: 'column:t.Name' },
  ])
  expect(caseRenames(before, after, [], {})).toEqual([])
})

test('it is found under the new name of its table, and what was decided otherwise stays', () => {
  const [before, after] = [base('t', 'id', 'name'), base('u', 'ID', 'other')]
  const known = [
    { from: objectId('table', '', 't'), to: objectId('table', '', 'u') },
    { from: 'column:t.name' as const, to: 'column:u.other' as const },
  ]
  expect(caseRenames(before, after, known, ignoring)).toEqual([{ from: 'column:t.id', to: 'column:u.ID' }])
})

test('a table in other upper and lower case is the same one too, where the server says so, and so are its columns', () => {
  const [before, after] = [base('groups', 'id', 'userId'), base('Groups', 'id', 'UserId')]
  expect(caseRenames(before, after, [], { ...ignoring, tablesIgnoreCase: true })).toEqual([
    { from: 'table:groups', to: 'table:Groups' },
    { from: 'column:groups.userId', to: 'column:Groups.UserId' },
  ])
  expect(caseRenames(before, after, [], ignoring)).toEqual([])
})
