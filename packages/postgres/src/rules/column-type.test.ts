import { expect, it } from 'vitest'
import { conversion, mayLose, rewrites } from './column-type.ts'

it.each([
  ['character varying(50)', 'character varying(10)', undefined],
  ['integer', 'bigint', undefined],
  ['integer', 'text', undefined],
  ['text', 'integer', 'c::integer'],
  ['public.a', 'public.b', 'c::text::public.b'],
  ['public.a[]', 'public.b[]', 'c::text[]::public.b[]'],
  ['bigint', 'timestamp with time zone', 'c::text::timestamp with time zone'],
  ['integer', 'boolean', 'c::boolean'],
  ['bigint', 'boolean', '(c <> 0)'],
  ['boolean', 'bigint', 'c::integer::bigint'],
  ['text', 'text[]', 'CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::text[] END'],
])('%s to %s', (from, to, using) => {
  expect(conversion('c', from, to)).toBe(using)
})

// As traced on PostgreSQL 15, see the locks and rewrites in the operations guide.
it.each([
  ['character varying(50)', 'character varying(100)', false, false],
  ['character varying(50)', 'text', false, false],
  ['text', 'character varying', false, false],
  ['numeric(10,2)', 'numeric(12,2)', false, false],
  ['numeric(10,2)', 'numeric', false, false],
  ['timestamp(3) without time zone', 'timestamp(6) without time zone', false, false],
  ['character varying(100)', 'character varying(50)', true, true],
  ['text', 'character varying(5)', true, true],
  ['numeric(10,2)', 'numeric(12,4)', true, true],
  ['integer', 'bigint', true, false],
  ['bigint', 'integer', true, true],
  ['uuid', 'text', true, false],
])('%s to %s: rewrite %s, loss %s', (from, to, rewrite, loss) => {
  expect([rewrites(from, to), mayLose(from, to)]).toEqual([rewrite, loss])
})
