/**
 * Stands behind the DROP TABLE of a rebuild: the rows are in the copy, so what is lost is less than the table. The
 * connection refuses a marked DROP whose copy does not have every row.
 */
export function rebuiltMark(loss: 'none' | 'possible' | 'certain', loses: string): string {
  const words = { none: '', possible: ` may lose ${safe(loses)}`, certain: ` loses ${safe(loses)}` }
  return `/* yama:rebuilt${words[loss]} */`
}

const safe = (text: string): string => text.replaceAll('*/', '* /')
const MARK = /\/\* yama:rebuilt(?: (?<verb>loses|may lose) (?<loses>[^]*?))? \*\//

/** What a marked DROP TABLE loses; undefined where there is no mark. */
export function readRebuiltMark(sql: string): { readonly loss: 'none' | 'possible' | 'certain'; readonly loses?: string } | undefined {
  const match = MARK.exec(sql)
  if (match === null) return undefined
  const loses = match.groups?.['loses']
  return loses === undefined ? { loss: 'none' } : { loss: match.groups?.['verb'] === 'loses' ? 'certain' : 'possible', loses }
}
