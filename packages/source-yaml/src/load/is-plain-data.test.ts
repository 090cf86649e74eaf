import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { isPlainData } from './is-plain-data.ts'

test('is what JSON gives back as it was', () => {
  const anything = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true, withMap: true, withBigInt: false })
  fc.assert(
    fc.property(anything, (value) => {
      const text = JSON.stringify(value)
      const same = text !== undefined && isDeepStrictEqual(JSON.parse(text), value)
      // A key named __proto__ is kept, but never believed to be.
      if (isPlainData(value)) expect(same).toBe(true)
    }),
    { seed: 3 },
  )
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // JSON itself has negative zeros, and reads them back as such, but writes them as zero.
      expect(isPlainData(value)).toBe(!JSON.stringify([value], (_, each: unknown) => (Object.is(each, -0) ? '-0' : each)).includes('"-0"'))
    }),
    { seed: 3 },
  )
})

test.each([Number.NaN, Infinity, -0, undefined, new Date(0), [undefined], { a: undefined }, new Map(), Object.create(null)])(
  '%s is not',
  (value) => {
    expect(isPlainData(value)).toBe(false)
  },
)
