import { editDistance } from './edit-distance.ts'

/**
 * The known name that a misspelt one most likely means; undefined where none is near: at most a third of its letters may differ,
 * a swap of neighbours counts once, and case does not count.
 *
 * @example closestName('tabel', ['table', 'fields']) // 'table'
 */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    const cost = editDistance(wanted, candidate.toLowerCase(), least)
    if (cost < least) {
      best = candidate
      least = cost
    }
  }
  return best
}
