import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packText } from './pack-text.ts'

it('is read by any inflater, short or long', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer({ min: 0, max: 5000 }).map((length) => 'ü'.repeat(length)),
  )
  fc.assert(
    fc.property(texts, (text) => {
      expect(inflateRawSync(packText(text, deflateRawSync)).toString('utf8')).toBe(text)
    }),
  )
})
