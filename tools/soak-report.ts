/** What came of the pairs on one database. */
export interface SoakTally {
  readonly name: string
  readonly pairs: number
  readonly seed: number
  readonly proved: number
  readonly equal: number
  readonly failed: readonly string[]
  readonly seconds: number
}

const HEADS = { entities: '## What entities say', objects: '## Every kind of object' } as const

/** docs/reference/soak.md with the line of one database: the rest stays. */
export function soakPage(page: string, tally: SoakTally, kind: keyof typeof HEADS): string {
  const { name, pairs, seed, proved, equal, failed, seconds } = tally
  const date = new Date().toISOString().slice(0, 10)
  const row = `| ${[name, date, seed, pairs, proved, equal, failed.length, seconds].join(' | ')} |`
  const start = page.indexOf(HEADS[kind])
  if (start === -1) throw new Error(`docs/reference/soak.md has no ${HEADS[kind]}`)
  const next = page.indexOf('\n## ', start + 1)
  const section = page.slice(start, next === -1 ? page.length : next)
  const lines = section.trimEnd().split('\n')
  const at = lines.findIndex((line) => line.startsWith(`| ${name} |`))
  if (at === -1) lines.push(row)
  else lines[at] = row
  return `${page.slice(0, start)}${lines.join('\n')}\n${next === -1 ? '' : page.slice(next)}`
}
