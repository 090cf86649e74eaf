import { expect, test } from 'vitest'
import { columns } from './columns.ts'
import { paint } from './paint.ts'

test('cells are aligned by what is seen, colours aside', () => {
  const { red } = paint(true)
  expect(
    columns([
      [red('ab'), 'x'],
      ['c', 'y'],
    ]),
  ).toBe(`${red('ab')}  x\nc   y`)
})
