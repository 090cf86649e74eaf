import { describe, expect, it } from 'vitest'
import { inOrder } from './statistics.ts'

describe('statistics', () => {
  it.each([
    ['CREATE STATISTICS s (ndistinct) ON b, a FROM t', 'CREATE STATISTICS s (ndistinct) ON a, b FROM t'],
    ['CREATE STATISTICS s ON b, "A, b", a, lower(c), (a + b) FROM t', 'CREATE STATISTICS s ON "A, b", a, b, lower(c), (a + b) FROM t'],
    ['CREATE STATISTICS s ON lower(c) FROM t', 'CREATE STATISTICS s ON lower(c) FROM t'],
    ['CREATE STATISTICS s ON b, EXTRACT(year FROM d) FROM t', 'CREATE STATISTICS s ON b, EXTRACT(year FROM d) FROM t'],
  ])('%s', (printed, ordered) => expect(inOrder(printed)).toBe(ordered))
})
