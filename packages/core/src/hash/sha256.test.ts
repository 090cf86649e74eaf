import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portableSha256Hex, sha256Hex, sha256HexOf } from './sha256.ts'

describe('sha256Hex', () => {
  it('gives the answers of FIPS 180-4', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(portableSha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
  it('is the same without the host, for any bytes and text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 200 }), (bytes, text) => {
        expect(portableSha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(portableSha256Hex(text)).toBe(sha256Hex(text))
      }),
    )
  })
  it('is the same of a text and of its parts, also of many', () => {
    const parts = Array.from({ length: 5000 }, (_, n) => `${n} line äöü 🦙\n`)
    expect(sha256HexOf(parts)).toBe(sha256Hex(parts.join('')))
    expect(sha256HexOf([])).toBe(sha256Hex(''))
  })
})
