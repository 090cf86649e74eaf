/**
 * Stands behind the DROP TABLE of a rebuild: the rows are in the copy, so what is lost is less than the table. The
 * connection refuses a marked DROP whose copy does not have every row.
 */
export function rebuiltMark(loses: string): string {
  return `/* yama:rebuilt${loses === '' ? '' : ` loses ${loses.replaceAll('*/', '* /')}`} */`
}

const MARK = /\/\* yama:rebuilt(?: loses (?<loses>[^]*?))? \*\//

/** What a marked DROP TABLE loses; undefined where there is no mark. */
export function readRebuiltMark(sql: string): { readonly loses: string | undefined } | undefined {
  const match = MARK.exec(sql)
  return match === null ? undefined : { loses: match.groups?.['loses'] }
}
