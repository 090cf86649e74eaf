import { expect, it } from 'vitest'
import { MOST_ROWS, seedValue } from './seed-value.ts'

it('fits a text into a type that takes one character', () => {
  const column = { type: 'varchar(1)', values: undefined, hints: { texts: [], numbers: [] } }
  const rows = Array.from({ length: MOST_ROWS }, (_, at) => seedValue(column, at + 1, 0, 'mysql'))
  expect(rows.every((sql) => /^'\d'$/.test(sql))).toBe(true)
  expect(new Set(rows).size).toBe(10)
})

it.each([
  ['postgres', 'point', "'(3,3)'"],
  ['mysql', 'point', "ST_GeomFromText('POINT(3 3)')"],
  ['sqlite', 'point', '3'],
  ['postgres', 'int4range', "'[3,)'"],
  ['postgres', 'tstzrange', "'[2024-01-03,)'"],
  ['postgres', 'int4multirange', "'{}'"],
  ['mariadb', 'linestring', "ST_GeomFromText('LINESTRING(0 0,3 1)')"],
] as const)('%s: a %s is not a number, although the word has one in it', (kind, type, sql) => {
  expect(seedValue({ type, values: undefined, hints: { texts: [], numbers: [] } }, 3, 0, kind)).toBe(sql)
})
