import type { DatabaseKind } from '@yama/core'
import { expect, test } from 'vitest'
import { committedParts } from './committed-parts.ts'

const creations = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `CREATE TABLE t${at} (id bigint)`)
const parts = (texts: readonly string[], kind: DatabaseKind = 'postgres'): readonly number[] =>
  committedParts(texts, (text) => text, kind).map(({ length }) => length)

test('many statements that make something are committed in parts, in their order', () => {
  const texts = [
    ...creations(1_100),
    'ALTER TABLE public.t1 ADD CONSTRAINT c CHECK (id > 0)',
    "COMMENT ON TABLE t1 IS 'x'",
    'CREATE INDEX i ON t1 (id)',
  ]
  expect(parts(texts)).toEqual([500, 500, 103])
  expect(committedParts(texts, (text) => text, 'postgres').flat()).toEqual(texts)
})

test('what the model sets for its functions holds in the parts after it', () => {
  const setting = 'SET LOCAL check_function_bodies = off'
  const texts = [...creations(600), setting, 'CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$', ...creations(900)]
  const found = committedParts(texts, (text) => text, 'postgres')
  expect(found.map(([first]) => first)).toEqual(['CREATE TABLE t0 (id bigint)', 'CREATE TABLE t500 (id bigint)', setting, setting])
  expect(found.flat().filter((text) => text !== setting)).toEqual(texts.filter((text) => text !== setting))
})

test.each([
  'SET LOCAL search_path = x',
  'CREATE TEMP TABLE x (a int)',
  'CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1',
  'create local temporary table x (a int)',
  "ALTER TYPE mood ADD VALUE 'x'",
  'ALTER TABLE t1 ADD COLUMN a int',
  'INSERT INTO t1 VALUES (1)',
  'DO $$ BEGIN END $$',
  'LOCK TABLE t1',
])('%s keeps its transaction whole', (text) => {
  expect(parts([...creations(1_200), text])).toEqual([1_201])
})

test('few, and those of other databases, stay together', () => {
  expect(parts(creations(1_000))).toEqual([1_000])
  for (const kind of ['mysql', 'mariadb', 'sqlite'] as const) expect(parts(creations(2_000), kind)).toEqual([2_000])
})
