import { expect, it } from 'vitest'
import { collationName } from './quoted.ts'

it.each([
  ['C', '"C"'],
  ['"C"', '"C"'],
  ['en_US.utf8', '"en_US.utf8"'],
  ['de-x-icu', '"de-x-icu"'],
  ['pg_catalog."C"', 'pg_catalog."C"'],
  ['app.own', 'app.own'],
  ['ucs_basic', 'ucs_basic'],
])('the collation %s is written %s', (given, written) => {
  expect(collationName(given)).toBe(written)
})
