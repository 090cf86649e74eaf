import { expect, test } from 'vitest'
import { defineErrors } from './define-errors.ts'

const errors = defineErrors({
  A_CODE: { message: 'It fails: {reason}. Nothing was run.', hint: 'Look at {file}{reason}.', explain: 'It can.', exit: 1 },
})

test('a sentence within a sentence ends once', () => {
  expect(errors.A_CODE({ reason: 'a is b', file: './x' })).toMatchObject({
    message: 'It fails: a is b. Nothing was run.',
    hint: 'Look at ./xa is b.',
  })
  expect(errors.A_CODE({ reason: 'Mind it.', file: '..' })).toMatchObject({
    message: 'It fails: Mind it. Nothing was run.',
    hint: 'Look at ..Mind it.',
  })
  expect(errors.A_CODE({ reason: '', file: '$&' })).toMatchObject({ message: 'It fails: . Nothing was run.', hint: 'Look at $&.' })
})
