import { expect, test } from 'vitest'
import { locateNear } from './locate-near.ts'

const refused = (near: string, line: number): string =>
  `You have an error in your SQL syntax; check the manual for the right syntax to use near '${near}' at line ${String(line)}`

test.each([
  ['CREATE TABEL t (a INT)', 'TABEL t (a INT)', 1, 7],
  ['SELECT 1\nFORM t\nFORM u', 'FORM u', 3, 16],
  ['SELECT a,\na,\n FROM t', 'FROM t', 3, 14],
  ['SELECT (', '', 1, 8],
  ["INSERT INTO t VALEUS ('it''s')", "VALEUS ('it''s')", 1, 14],
  ['SELECT x x x', 'x', 1, 11],
])('%j near %j', (statement, near, line, offset) => {
  expect(locateNear(refused(near, line), statement)).toBe(offset)
})

test('the quoted text may run on into the statements behind it', () => {
  expect(locateNear(refused('FORM t\n;\nSELECT 2', 1), 'SELECT 1 FORM t', '\n;\nSELECT 2')).toBe(9)
})

test('another message has no place', () => {
  expect(locateNear("Table 'a.b' doesn't exist", 'SELECT 1 FROM b')).toBeUndefined()
})
