import type { Migration, SqlStep } from '@yama/core'
import { expect, test } from 'vitest'
import { reasonAbove } from './reason-above.ts'

const reasons = (body: string, line: number, file = 'm.sql', text = 'SELECT 1'): string | undefined => {
  const step: SqlStep = { kind: 'sql', text, transaction: 'any', position: { file, line, column: 1 } }
  return reasonAbove({ file: 'm.sql', body, downBody: '-- back\nSELECT 2;\n' } as Migration, step)
}

test.each([
  ['-- why\nSELECT 1;', 2, 'why'],
  ['-- why\n-- and how\nSELECT 1;', 3, 'why and how'],
  ['-- elsewhere\n\nSELECT 1;', 3, undefined],
  ['-- +migrate Up\nSELECT 1;', 2, undefined],
  ['-- author: Ada\n-- ticket: IDN-1\nSELECT 1;', 3, undefined],
  ['-- author: Ada\n-- note: nobody uses it\nSELECT 1;', 3, 'note: nobody uses it'],
  ['-- yama:reads users\nSELECT 1;', 2, undefined],
  ['SELECT 0;\nSELECT 1;', 2, undefined],
  ['SELECT 1;', 1, undefined],
])('%j, line %i: %s', (body, line, reason) => {
  expect(reasons(body, line)).toBe(reason)
})

test('of a Down in a file of its own, and of a statement that has its comment with it', () => {
  expect(reasons('-- why\nSELECT 1;', 2, 'm.down.sql')).toBe('back')
  expect(reasons('', 1, 'm.sql', '-- in it\nSELECT 1')).toBe('in it')
})
