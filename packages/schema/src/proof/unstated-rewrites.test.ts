import { expect, it } from 'vitest'
import type { Action } from '../contract/action.ts'
import { unstatedRewrites } from './unstated-rewrites.ts'

const before = new Map([
  ['table:public.a', '1'],
  ['table:public.b', '2'],
  ['table:public.old', '3'],
  ['table:public.gone', '4'],
])
const moved = (id: string): string => (id === 'table:public.old' ? 'table:public.new' : id)
const rewriting = (fact: string, rewrite = true): Action =>
  ({ rewrite, because: { fact, change: 'alter' }, produces: [], consumes: [], destroys: [], releases: [] }) as unknown as Action

it('names tables that are kept elsewhere afterwards though no statement says so, under their new names', () => {
  const after = new Map([
    ['table:public.a', '10'],
    ['table:public.b', '2'],
    ['table:public.new', '30'],
  ])
  expect(unstatedRewrites(before, after, moved, [rewriting('column:public.a.x')])).toEqual([
    'table public.new is written anew, and no statement says so.',
  ])
  expect(unstatedRewrites(before, after, moved, [rewriting('column:public.a.x'), rewriting('table:public.new')])).toEqual([])
  expect(unstatedRewrites(before, after, moved, [rewriting('column:public.a.x', false)])).toHaveLength(2)
})

it('says nothing where the dialect cannot tell', () => {
  expect(unstatedRewrites(undefined, undefined, moved, [])).toEqual([])
})
