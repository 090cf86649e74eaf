import { expect, it } from 'vitest'
import { judgeStep, readExpectation } from './judge-step.ts'

it.each([
  ['a table that was not there and is', { t: null }, { t: 'present' }, { t: 'create table' }, 'done'],
  ['a table that is still not there', { t: null }, { t: 'present' }, { t: null }, 'undone'],
  ['a table that is gone', { t: 'x' }, { t: 'absent' }, { t: null }, 'done'],
  ['one of two that is gone', { t: 'x', u: 'y' }, { t: 'absent', u: 'absent' }, { t: null, u: 'y' }, 'unknown'],
  ['a changed table', { t: 'x' }, { t: 'changed' }, { t: 'y' }, 'done'],
  ['a table that was to be changed and is gone', { t: 'x' }, { t: 'changed' }, { t: null }, 'unknown'],
  ['a renamed one', { t: 'x', u: null }, { t: 'absent', u: 'present' }, { t: null, u: 'x' }, 'done'],
  ['IF NOT EXISTS beside what exists', { t: 'x' }, { t: 'present' }, { t: 'x' }, 'undone'],
  ['no trace', {}, {}, {}, 'undone'],
] as const)('%s', (_, before, after, now, verdict) => {
  expect(judgeStep({ before, after }, now).verdict).toBe(verdict)
})

it('takes a row without an expectation for what it is', () => {
  expect(readExpectation(undefined)).toBeUndefined()
  expect(readExpectation({ before: {} })).toBeUndefined()
})
