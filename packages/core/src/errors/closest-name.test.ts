import { describe, expect, it } from 'vitest'
import { closestName } from './closest-name.ts'

describe('the closest name', () => {
  it.each([
    ['tabel', 'table'],
    ['Tables', 'table'],
    ['filds', 'fields'],
    ['idnexes', 'indexes'],
    ['xyz', undefined],
    ['', undefined],
    ['ta', undefined],
  ])('to %s is %s', (word, expected) => {
    expect(closestName(word, ['table', 'fields', 'indexes'])).toBe(expected)
  })
})
