import type { Action } from '@yama/schema'
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
const titles = (actions: readonly Action[]): readonly (readonly string[])[] =>
  splitSegments(actions).map((segment) => segment.map(({ title }) => title))

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

test('nothing is nothing', () => expect(titles([])).toEqual([]))
