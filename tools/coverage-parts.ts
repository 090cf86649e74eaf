/** What one run found of all schemas of one server; stands in the mark of its part, so that the table at the top can be made anew. */
export interface CoverageSummary {
  readonly equal: number
  readonly schemas: number
  readonly tables: number
  readonly facts: number
  readonly unmanaged: number
  /** `2026-11-29` */
  readonly date: string
}

const marks = (name: string): readonly [open: string, close: string] => [`<!-- ${name} -->`, `<!-- end of ${name} -->`]

/** Puts a part in the place of the one of that name, or at the end of the section that `after` begins; each run writes its own and leaves the others. */
export function writePart(page: string, name: string, text: string, after: string): string {
  const [open, close] = marks(name)
  const block = `${open}\n${text.trim()}\n${close}`
  const [start, end] = [page.indexOf(open), page.indexOf(close)]
  if (start !== -1 && end !== -1) return page.slice(0, start) + block + page.slice(end + close.length)
  const section = page.indexOf(`\n## ${after}\n`)
  const next = section === -1 ? -1 : page.indexOf('\n## ', section + 1)
  const at = next === -1 ? page.length : next
  return `${page.slice(0, at).trimEnd()}\n\n${block}\n${page.slice(at)}`
}

/**
 * A server without the digits that change from month to month: a newer one takes the place of its predecessor.
 *
 * @example serverName('PostgreSQL 15.20') // 'PostgreSQL 15'
 * @example serverName('MariaDB 10.11.19') // 'MariaDB 10.11'
 */
export const serverName = (title: string): string =>
  title.replace(/^(PostgreSQL \d+|(?:MariaDB|MySQL) \d+\.\d+)\S*.*$/, '$1').replace(/^SQLite.*$/, 'SQLite')

const SUMMARY = /<!-- schemas: (?<server>.+?) -->\n<!-- (?<data>\{.*\}) -->/g

/** The figures of a run, hidden in its part. */
export const summaryMark = (summary: CoverageSummary): string => `<!-- ${JSON.stringify(summary)} -->`

/** The table of all servers, from the parts that are there. */
export function summaryTable(page: string): string {
  const rows = [...page.matchAll(SUMMARY)].map(({ groups }) => {
    const { equal, schemas, tables, facts, unmanaged, date } = JSON.parse(groups?.['data'] ?? '{}') as CoverageSummary
    const share = facts + unmanaged === 0 ? '100.0' : ((100 * facts) / (facts + unmanaged)).toFixed(1)
    return `| ${[groups?.['server'], `${String(equal)} of ${String(schemas)}`, tables, facts, unmanaged, `${share} %`, date].join(' | ')} |`
  })
  return ['| Server | Equal | Tables | Facts managed | Unmanaged | Managed | Run |', '|---|---:|---:|---:|---:|---:|---|', ...rows].join(
    '\n',
  )
}
