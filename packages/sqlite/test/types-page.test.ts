import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PORTABLE_TYPES } from '@yama/schema'
import { affinity } from '../src/types/affinity.ts'
import { schema } from './open-memory.ts'

it('docs/reference/types.md says what the mapping does', () => {
  const page = readFileSync(new URL('../../../docs/reference/types.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `(?<name>[a-z]+)(?:\([^)]*\))?` \| `(?<sql>[A-Z_]+)(?:\([^)]*\))?` \| (?<affinity>[A-Z]+) \|/gm)].map(
    ({ groups }) => ({ ...groups }),
  )
  const expected = PORTABLE_TYPES.map((name) => {
    const { sql } = schema.types.toNative({ name, parameters: [], array: 0 })
    return { name, sql, affinity: affinity(sql) }
  })
  expect(rows).toEqual(expected)
})
