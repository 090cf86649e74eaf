import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('canonicalJson', () => {
  it('sorts keys by code unit and leaves undefined members out', () => {
    expect(canonicalJson({ b: 1, a: { z: null, B: undefined, A: 'ü' } })).toBe('{"a":{"A":"ü","z":null},"b":1}')
  })
  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
