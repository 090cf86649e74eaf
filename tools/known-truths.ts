import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Truth } from '../test/branches/both-orders.ts'

export interface KnownTruths {
  of(place: string, a: readonly string[], b: readonly string[], ask: () => Promise<Truth>): Promise<Truth>
}

/** What came of both orders, kept line by line, so that a changed judge is asked again without a server. Nothing is kept without a file. */
export function knownTruths(file: string | undefined): KnownTruths {
  const known = new Map<string, Truth>()
  const keyOf = (place: string, a: readonly string[], b: readonly string[]): string => JSON.stringify([place, a, b])
  if (file !== undefined && existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue
      const [place, a, b, truth] = JSON.parse(line) as readonly [string, readonly string[], readonly string[], Truth]
      known.set(keyOf(place, a, b), truth)
    }
  }
  return {
    of: async (place, a, b, ask) => {
      const found = known.get(keyOf(place, a, b))
      if (found !== undefined) return found
      const truth = await ask()
      known.set(keyOf(place, a, b), truth)
      if (file !== undefined) appendFileSync(file, `${JSON.stringify([place, a, b, truth])}\n`)
      return truth
    },
  }
}
