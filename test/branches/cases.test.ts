import { describe, expect, test } from 'vitest'
import { openBranchBenches } from './benches.ts'
import { caseTables, wrongCases } from './wrong-cases.ts'

describe.each(await openBranchBenches())('two branches on $name', ({ open }) => {
  test.each(caseTables)('$of', { timeout: 240_000 }, async ({ cases }) => {
    await using bench = await open('empty')
    // Where DDL is rolled back the truth costs little; for MySQL and MariaDB `pnpm soak:merge --cases` asks for it.
    const { wrong, asked } = await wrongCases(bench, cases, bench.kind !== 'mysql')
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(20)
  })
})
