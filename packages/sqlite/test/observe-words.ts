import type { Connection } from '@yama/core'

/** Words that say nothing, or the same as where a constraint stands. */
const QUIET: ReadonlySet<string> = new Set(
  'create table index unique view collate binary trigger if exists constraint foreign primary key not null generated always virtual asc abort no action restrict immediate initially on update delete default for each row after text integer'.split(
    ' ',
  ),
)

/**
 * The words of each object's own text in sqlite_schema, sorted, without quotes: what the pragmas leave out stands there alone (collations,
 * conflict clauses, checks, conditions of indexes, generated columns, views, triggers).
 */
export async function observeWords(connection: Connection): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows } = await connection.execute(
    `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'yama\\_%' ESCAPE '\\'
      AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')`,
  )
  return Object.fromEntries(
    rows.map(({ type, name, sql }) => [`${String(type)} ${String(name)}`, words(String(sql), String(type))] as const),
  )
}

const WORD = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|[\p{L}\p{N}_.$]+|[<>=!|&%*/+-]+/gu

/** An index has one table, and its condition may say it. */
const OWN_TABLE = /(?:"[^"]*"|`[^`]*`|\b[a-z_]\w*)\.(?=["`a-z_])/gi

/** Of a table each word once: how often it stands there depends on where its constraints are written. Indexes go upwards, whether they say so or not. */
function words(sql: string, type: string): readonly string[] {
  const plain = (meaningful(type === 'index' ? sql.replaceAll(OWN_TABLE, '') : sql).match(WORD) ?? [])
    .filter((word) => !/^(?:--|\/\*)/.test(word))
    .flatMap((word) => (/^["`[]/.test(word) ? word.slice(1, -1).replaceAll('""', '"').split(/\s+/) : [word]))
    .flatMap((word) => (/^['\d]/.test(word) ? [word] : word.split('.').filter((part) => part !== '')))
    // Two spellings of one operator.
    .map((word) => (word === '!=' ? '<>' : word === '==' ? '=' : word.toLowerCase()))
  if (type === 'table') return [...new Set(plain)].filter((word) => !QUIET.has(word)).sort()
  return type === 'index' ? plain.filter((word) => word !== 'asc') : plain
}

/** Without the columns of references, which the pragmas have, a default that no row gets, and the answer to conflicts that is given anyway. */
const meaningful = (sql: string): string =>
  sql
    .replaceAll(/(\breferences\s+(?:"[^"]*"|`[^`]*`|\[[^\]]*\]|\w+)\s*)\([^)]*\)/gi, '$1')
    .replaceAll(/(\binteger\s+primary\s+key\s+)default\s+(?:'[^']*'|[\w.+-]+)/gi, '$1')
    .replaceAll(/\bon\s+conflict\s+abort\b/gi, '')
