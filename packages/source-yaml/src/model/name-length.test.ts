import { expect, it } from 'vitest'
import { fits } from './name-length.ts'

it('counts names as the server does', () => {
  const name = 'ж'.repeat(60)
  expect(fits(name, { identifierLimit: 64, identifierUnit: 'characters' })).toBe(true)
  expect(fits(name, { identifierLimit: 63 })).toBe(false)
  expect(fits('ж'.repeat(65), { identifierLimit: 64, identifierUnit: 'characters' })).toBe(false)
})
