import type { Migration } from '../contract/migration.ts'

/**
 * How a migration's meaning is hashed, by the id that stands before each hash. Rows are compared with the algorithm that they
 * were written with, so an entry stays for ever; a new one is added beside it.
 */
const algorithms: Readonly<Record<string, (migration: Migration) => string>> = {
  'y1:sha256': ({ semanticHash }) => semanticHash,
}

/** `y1:sha256` of `y1:sha256:9f2c…`; undefined for what has no such form. */
const algorithmOf = (hash: string): string | undefined => /^(y\d+:\w+):/.exec(hash)?.[1]

/** False for a hash that a newer version of Yama has written. */
export const isKnownHash = (hash: string): boolean => {
  const algorithm = algorithmOf(hash)
  return algorithm === undefined || algorithm in algorithms
}

/** True where a migration means what was recorded, by the algorithm of the record. One that is not known says nothing. */
export function hasMeaning(migration: Migration, recorded: string): boolean {
  // Whatever made them: of thousands of files most are as they were.
  if (migration.semanticHash === recorded) return true
  const algorithm = algorithmOf(recorded)
  if (algorithm === undefined) return false
  const hash = algorithms[algorithm]
  return hash === undefined || hash(migration) === recorded
}
