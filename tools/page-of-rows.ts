import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Writes a page whose table has a row for each database: rows of databases that were not measured this time stay as they are. */
export function writePageOfRows(file: string, head: string, rows: ReadonlyMap<string, string>): void {
  const kept = existsSync(file) ? rowsOf(readFileSync(file, 'utf8')) : new Map<string, string>()
  writeFileSync(file, `${head}${[...new Map([...kept, ...rows]).values()].join('\n')}\n`)
}

/** By their first cell; only what stands below the rule of the table. */
function rowsOf(page: string): ReadonlyMap<string, string> {
  const lines = page.split('\n')
  const body = lines.slice(lines.findIndex((line) => line.startsWith('|---')) + 1).filter((line) => line.startsWith('| '))
  return new Map(body.map((line) => [line.split('|')[1]?.trim() ?? '', line]))
}
