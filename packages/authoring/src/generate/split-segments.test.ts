import { factBase, type Action, type Fact } from '@yama/schema'
import { expect, test } from 'vitest'
import { splitSegments } from './split-segments.ts'

const action = (title: string, over: Partial<Action>): Action => ({
  sql: title,
  title,
  produces: [],
  consumes: [],
  destroys: [],
  releases: [],
  lock: 'none',
  rewrite: false,
  transaction: 'any',
  loss: 'none',
  reversibility: 'lossless',
  because: { fact: 'enum:role', change: 'alter' },
  ...over,
})
const after = factBase('test', [
  { kind: 'enum', id: 'enum:role', schema: '', name: 'role', payload: { values: [] }, dependsOn: [] },
  { kind: 'table', id: 'table:users', schema: '', name: 'users', payload: { options: {} }, dependsOn: [] },
  ...(['role', 'name'] as const).map((name): Fact<'column'> => ({
    kind: 'column',
    id: `column:users.${name}`,
    schema: '',
    name,
    parent: 'table:users',
    payload: { type: name, notNull: false, options: {} },
    dependsOn: name === 'role' ? ['enum:role'] : [],
  })),
])
const titles = (actions: readonly Action[]): readonly (readonly string[])[] =>
  splitSegments(actions, after).map((segment) => segment.map(({ title }) => title))

test('a new enum value and its first use are two migrations', () => {
  const add = action('add value', { transaction: 'commit-after' })
  const use = action('use it', { consumes: ['enum:role'], because: { fact: 'column:users.role', change: 'alter' } })
  expect(titles([add, use])).toEqual([['add value'], ['use it']])
})

test('two new values, and something that does not use them, are one migration', () => {
  const add = action('add value', { transaction: 'commit-after' })
  const other = action('other', { consumes: ['table:users'], because: { fact: 'column:users.name', change: 'add' } })
  expect(titles([add, add, other])).toEqual([['add value', 'add value', 'other']])
})

test('a default of a column of the enum is a use, a comment on the enum is none', () => {
  const add = action('add value', { transaction: 'commit-after' })
  const comment = action('comment', {})
  const preset = action('default', { because: { fact: 'column:users.role', change: 'alter' } })
  expect(titles([add, comment, preset])).toEqual([['add value', 'comment'], ['default']])
})

test('nothing is nothing', () => expect(titles([])).toEqual([]))
