import { versionOf } from '../version-of.ts'

export interface NextName {
  /** Names or file names that are there, with or without extension. */
  readonly existing: readonly string[]
  /** Words for the name: `create users`. */
  readonly action: string
  /** Default: as the directory does it; a timestamp where it is empty. */
  readonly numbering?: 'timestamp' | 'sequential'
  readonly now: Date
}

/** `YYYYMMDDHHMMSS`, and everything else that long: no sequence is counted that far. */
const TIMESTAMP_DIGITS = 12

/**
 * The name for a new migration, without extension. A timestamp in UTC, later than every one that is there; or the next
 * free number with the directory's own zero padding, below a block of nines where there is one: after 001, 002, 003,
 * 022 and 999 comes 023.
 *
 * @example nextMigrationName({ existing: ['001_users', '999_cleanup'], action: 'add posts', now: new Date() }) // '002_add_posts'
 */
export function nextMigrationName({ existing, action, numbering, now }: NextName): string {
  const versions = existing.map(versionOf).filter((version) => version !== '')
  const sequential = versions.filter((version) => version.length < TIMESTAMP_DIGITS)
  const chosen = numbering ?? (sequential.length > versions.length / 2 ? 'sequential' : 'timestamp')
  const number = chosen === 'sequential' ? nextNumber(sequential) : nextTimestamp(versions, now)
  return `${number}_${slug(action)}`
}

/** Lower case letters, digits and underscores; `migration` where nothing is left. */
const slug = (action: string): string =>
  action
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 60)
    .replace(/_+$/, '') || 'migration'

const nextNumber = (versions: readonly string[]): string => {
  const width =
    versions.length === 0
      ? 3
      : Math.max(
          ...versions.map((version) =>
            version.startsWith('0') || versions.every((each) => each.length === version.length) ? version.length : 1,
          ),
        )
  const numbers = versions.map(Number)
  const top = Math.max(0, ...numbers)
  // 900 to 999 are kept for what has to stay last, unless everything up to there is taken.
  const block = 9 * 10 ** (Math.max(width, String(top).length) - 1)
  const below = numbers.filter((number) => number < block)
  const isBlock = top >= block && String(top).length >= 3 && below.length > 0 && Math.max(...below) + 1 < block
  const last = isBlock ? Math.max(...below) : top
  return String(last + 1).padStart(width, '0')
}

const nextTimestamp = (versions: readonly string[], now: Date): string => {
  const stamp = (date: Date): string => date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  const taken = new Set(versions)
  let at = now.getTime()
  while (taken.has(stamp(new Date(at)))) at += 1000
  return stamp(new Date(at))
}
