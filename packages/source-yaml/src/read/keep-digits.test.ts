import { parseDocument } from 'yaml'
import { expect, it } from 'vitest'
import { keepDigits } from './keep-digits.ts'

it.each([
  ['9007199254740993', '9007199254740993'],
  ['9223372036854775807', '9223372036854775807'],
  ['-1234567890.0123456789', '-1234567890.0123456789'],
  ['9007199254740992', 9_007_199_254_740_992],
  ['1000000000000000000000', 1e21],
  ['0.100000000000000000', 0.1],
  ['+000000000000000000012.50', 12.5],
  ['1.5e300', 1.5e300],
  ['0.00000000000000000000000012', 1.2e-25],
  ['0.30000000000000004', 0.1 + 0.2],
  ['.inf', Number.POSITIVE_INFINITY],
  ['"9007199254740993"', '9007199254740993'],
])('%s is read as %s', (text, value) => {
  const yaml = parseDocument(`{ a: ${text} }`)
  keepDigits(yaml)
  expect(yaml.toJS()).toEqual({ a: value })
})
