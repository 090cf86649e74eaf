import type { ObjectStates } from '@yama/core'

/** How an unusable index reads among the states of objects; what follows is its name, to be used in a statement. */
export const INVALID = 'INVALID '

/** Indexes that an interrupted CONCURRENTLY has left: unusable, and not there before. */
export function invalidIndexes(statement: string, before: ObjectStates, now: ObjectStates): readonly string[] {
  if (!/concurrently/i.test(statement)) return []
  const names = (states: ObjectStates): readonly string[] =>
    Object.values(states).flatMap((state) =>
      (state ?? '').split('\n').flatMap((line) => (line.startsWith(INVALID) ? [line.slice(INVALID.length)] : [])),
    )
  const known = new Set(names(before))
  return names(now)
    .filter((name) => !known.has(name))
    .map((name) => `DROP INDEX CONCURRENTLY IF EXISTS ${name}`)
}
