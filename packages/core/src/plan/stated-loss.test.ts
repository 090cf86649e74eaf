import { expect, test } from 'vitest'
import { statedLoss } from './stated-loss.ts'

const alter = { verb: 'ALTER TABLE … ALTER COLUMN TYPE', class: 'ddl', loss: 'possible', loses: 'what does not fit' } as const
const drop = { verb: 'DROP TABLE', class: 'ddl', loss: 'certain', loses: 'table t' } as const
const update = { verb: 'UPDATE', class: 'dml', loss: 'none' } as const

test.each([
  ['-- yama:loses nothing\nALTER TABLE t ALTER n TYPE bigint', alter, { loss: 'none', loses: undefined }],
  ['-- wider\n--  yama:loses  Nothing \nALTER TABLE t MODIFY n bigint', alter, { loss: 'none', loses: undefined }],
  ['# yama:loses nothing\nALTER TABLE t MODIFY n bigint', alter, { loss: 'none', loses: undefined }],
  ['ALTER TABLE t ALTER n TYPE bigint -- yama:loses nothing', alter, { loss: 'possible', loses: 'what does not fit' }],
  ["SELECT '\n-- yama:loses nothing'", alter, { loss: 'possible', loses: 'what does not fit' }],
  ['-- yama:loses nothing\nDROP TABLE t', drop, { loss: 'certain', loses: 'table t' }],
  ['-- yama:loses the old prices\nUPDATE t SET price = 1', update, { loss: 'certain', loses: 'the old prices' }],
  ['-- yama:may-lose prices above 9\nUPDATE t SET price = 1', update, { loss: 'possible', loses: 'prices above 9' }],
  ['-- yama:may-lose a row or two\nDROP TABLE t', drop, { loss: 'certain', loses: 'a row or two' }],
  ['-- yama:loses\nUPDATE t SET price = 1', update, { loss: 'none', loses: undefined }],
] as const)('%j', (text, effect, expected) => {
  const { loss, loses } = statedLoss(text, effect)
  expect({ loss, loses }).toEqual(expected)
})
