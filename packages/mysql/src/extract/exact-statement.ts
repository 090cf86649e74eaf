import type { Connection } from '@yama/core'
import { backticked } from '../text/names.ts'

/** What stands for bytes that are no text. */
export const NO_TEXT = '\uFFFD'

/**
 * The statement of a table in which a default has bytes that are no text: MariaDB prints them as they are among text in UTF-8, so the statement is
 * read as bytes, and such a default written as MySQL prints it, `0xFF00`.
 */
export async function exactStatement(connection: Connection, table: string): Promise<string> {
  await connection.execute('SET SESSION character_set_results = binary')
  try {
    const { rows } = await connection.execute(`SHOW CREATE TABLE ${backticked(table)}`)
    return withHexadecimals(Object.values(rows[0] ?? {})[1])
  } finally {
    await connection.execute('SET SESSION character_set_results = utf8mb4')
  }
}

// One character for each byte.
const DEFAULTS = /(?<= DEFAULT )'((?:[^'\\]|''|\\[^])*)'/g
const ESCAPES: Readonly<Record<string, string>> = { 0: '\0', n: '\n', r: '\r', t: '\t', b: '\b', Z: '\u001A' }

/** Bytes of a statement as text. */
function withHexadecimals(statement: unknown): string {
  const bytes = Buffer.from(statement as Uint8Array)
  const written = bytes.toString('latin1').replaceAll(DEFAULTS, (literal: string, inside: string) => {
    if (!Buffer.from(literal, 'latin1').toString('utf8').includes(NO_TEXT)) return literal
    const value = inside.replaceAll(/''|\\([^])/g, (_, escaped: string | undefined) =>
      escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped),
    )
    return `0x${Buffer.from(value, 'latin1').toString('hex').toUpperCase()}`
  })
  return Buffer.from(written, 'latin1').toString('utf8')
}
