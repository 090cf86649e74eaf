/**
 * What changes how a session prints a statement: a migration, or the script of a dump that it repeats, may have set it. Names are printed in backticks and
 * texts with backslashes, whatever the session says.
 */
export const PRINTING = {
  mysql: `SELECT DATABASE() AS db, @@collation_database AS collation, @@sql_mode AS mode, @@sql_quote_show_create AS quotes, @@time_zone AS zone, @@show_create_table_verbosity AS verbose`,
  mariadb: `SELECT DATABASE() AS db, @@collation_database AS collation, @@sql_mode AS mode, @@sql_quote_show_create AS quotes, @@time_zone AS zone, 0 AS verbose`,
} as const

const LOUD = /ANSI|NO_BACKSLASH_ESCAPES|ORACLE|MSSQL|POSTGRESQL|DB2|MAXDB|MYSQL323|MYSQL40|NO_(?:FIELD|KEY|TABLE)_OPTIONS/

type Row = Readonly<Record<string, unknown>>

/** The statements that make the session print as others do, and those that take it back; undefined where it prints so already. */
export function printPlainly(row: Row | undefined, kind: keyof typeof PRINTING): readonly [set: string, back: string] | undefined {
  const { mode, quotes, zone, verbose } = row ?? {}
  const plain = !LOUD.test(String(mode)) && Number(quotes) === 1 && zone === '+00:00' && Number(verbose) === 0
  if (row === undefined || plain) return undefined
  const settings = (mode_: string, quotes_: number, zone_: string, verbose_: number): string =>
    `SET SESSION sql_mode = '${mode_}', sql_quote_show_create = ${String(quotes_)}, time_zone = '${zone_}'${kind === 'mysql' ? `, show_create_table_verbosity = ${String(verbose_)}` : ''}`
  return [settings('', 1, '+00:00', 0), settings(String(mode), Number(quotes), String(zone), Number(verbose))]
}
