import { nameOf, significant, splitAtCommas, wordOf } from '../text/tokens.ts'
import { backticked } from '../text/names.ts'

interface Partition {
  readonly name: string
  readonly text: string
  /** `LESS THAN (10)`, `IN (1,2)` */
  readonly values: string
}

interface Parting {
  /** `RANGE (…)` or `LIST (…)`. */
  readonly head: string
  readonly partitions: readonly Partition[]
}

/** What stands behind PARTITION BY, as the server prints it; undefined where rows are spread, or parted twice. */
function partingOf(text: string): Parting | undefined {
  const tokens = significant(text)
  const open = tokens.findIndex((token, at) => token.kind === 'open' && wordOf(tokens[at + 1]) === 'PARTITION')
  const head = text.slice(0, tokens[open]?.start)
  if (open === -1 || !/^(?:RANGE|LIST)\b/i.test(head) || tokens.some((token) => wordOf(token) === 'SUBPARTITION')) return undefined
  const partitions = splitAtCommas(tokens.slice(open + 1, -1)).map((run): Partition => {
    const values = run.findIndex((token) => wordOf(token) === 'VALUES')
    const end = run.findIndex(
      (token, at) => at > values && /^(?:ENGINE|COMMENT|DATA|INDEX|MAX_ROWS|MIN_ROWS|TABLESPACE)$/.test(wordOf(token)),
    )
    const slice = (from: number, to: number): string => text.slice(run[from]?.start, run[to]?.end)
    return { name: nameOf(run[1]), text: slice(0, run.length - 1), values: slice(values + 1, (end === -1 ? run.length : end) - 1) }
  })
  return { head, partitions }
}

/**
 * The clause that changes only those partitions of a range or list that are others, and whether their rows are copied; undefined where the whole table
 * has to be parted anew. Never DROP PARTITION, which takes the rows along: those of a partition that goes are in its neighbour then, or the server refuses.
 */
export function reorganize(from: string, to: string): { readonly sql: string; readonly copies: boolean } | undefined {
  const [old, now] = [partingOf(from), partingOf(to)]
  if (old === undefined || now === undefined || old.head !== now.head) return undefined
  const same = (a: Partition | undefined, b: Partition | undefined): boolean => a !== undefined && a.text === b?.text
  const shorter = Math.min(old.partitions.length, now.partitions.length)
  let first = 0
  while (first < shorter && same(old.partitions[first], now.partitions[first])) first++
  let last = 0
  while (last < shorter - first && same(old.partitions.at(-1 - last), now.partitions.at(-1 - last))) last++
  const [gone, come] = [old, now].map(({ partitions }) => partitions.slice(first, partitions.length - last)) as [Partition[], Partition[]]
  if (gone.length === 0 && last === 0) return { sql: `ADD PARTITION (${textOf(come)})`, copies: false }
  const isRange = /^RANGE/i.test(now.head)
  const next = old.partitions.at(-last)
  // Together they have to hold what they held: with the next one they do, whatever was moved between them.
  const isWhole = gone.length > 0 && come.length > 0 && (!isRange || endsAlike(gone, come, last === 0))
  const neighbour = isWhole ? [] : last > 0 && next !== undefined ? [next] : undefined
  if (neighbour === undefined) return undefined
  const names = [...gone, ...neighbour].map(({ name }) => backticked(name)).join(', ')
  return { sql: `REORGANIZE PARTITION ${names} INTO (${textOf([...come, ...neighbour])})`, copies: true }
}

const textOf = (partitions: readonly Partition[]): string => partitions.map(({ text }) => text).join(', ')

/** The last partition of all may also reach further than before. */
function endsAlike(gone: readonly Partition[], come: readonly Partition[], isLast: boolean): boolean {
  const [old, now] = [gone.at(-1)?.values, come.at(-1)?.values ?? '']
  return old === now || (isLast && !/MAXVALUE/i.test(old ?? '') && /^LESS THAN \(?MAXVALUE\)?$/i.test(now))
}
