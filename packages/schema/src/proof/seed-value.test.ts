import { expect, it } from 'vitest'
import { MOST_ROWS, seedValue } from './seed-value.ts'

it('fits a text into a type that takes one character', () => {
  const column = { type: 'varchar(1)', values: undefined, hints: { texts: [], numbers: [] } }
  const rows = Array.from({ length: MOST_ROWS }, (_, at) => seedValue(column, at + 1, 0, 'mysql'))
  expect(rows.every((sql) => /^'\d'$/.test(sql))).toBe(true)
  expect(new Set(rows).size).toBe(10)
})
