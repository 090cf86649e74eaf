import { conditionalContent, lexerRules, splitStatements, tokenize } from '@yama/sql'

const IGNORED = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/** Comments and nothing else: the server refuses an empty statement, and there is nothing to run. */
export function isEmptyStatement(sql: string): boolean {
  const start = /\S/.exec(sql)?.[0]
  if (start === undefined) return true
  if (!'-/#;'.includes(start)) return false
  return tokenize(sql, lexerRules.mysql).every((token) => IGNORED.has(token.kind))
}

/** How many statements a text holds; only one with a `;` can hold several. */
export function statementCount(sql: string): number {
  return sql.includes(';') ? splitStatements(sql, lexerRules.mysql).length : 1
}

/**
 * Whether the server commits the transaction around this statement (MySQL 15.3.3, MariaDB "SQL statements that cause an
 * implicit commit"), or the statement itself begins or ends one. What a routine does cannot be seen.
 */
export function commitsByItself(sql: string): boolean {
  const text = sql.trimStart().startsWith('/*') ? opened(sql) : sql
  return splitStatements(text, lexerRules.mysql).some(({ transaction, control }) => transaction === 'none' || control !== undefined)
}

/** Statements which give as many answers as they like. */
const ANSWERS = /^(?:CALL|EXECUTE|BEGIN|HANDLER|ANALYZE|CHECK|REPAIR|OPTIMIZE)\b/i
/** What decides how the server reads the next text. */
const READING = /sql_mode|@yama_|character_set|collation_connection|^[\s/*!\d]*SET\b[^]*\btime_zone\b|\bSET\s+(?:NAMES|CHARSET)\b/i

/** Whether a statement may stand between others in one text: it gives one answer and leaves the reading of the others alone. */
export function standsBesideOthers(sql: string): boolean {
  const text = /^\s*(?:--|#|\/\*)/.test(sql) ? opened(sql).trimStart() : sql.trimStart()
  return !ANSWERS.test(text) && !changesReading(text)
}

/** Whether the statement may change how the session reads quotes: `SET sql_mode = …`, also as a dump writes it; or borrows another setting. */
export function changesReading(sql: string): boolean {
  return sql.length < 10_000 && READING.test(sql)
}

/** Without leading comments, and with conditional ones opened. */
function opened(sql: string): string {
  return tokenize(sql, lexerRules.mysql)
    .filter(({ kind }) => kind !== 'comment' && kind !== 'directive' && kind !== 'hint')
    .map(({ kind, text }) => (kind === 'conditional' ? conditionalContent(text) : text))
    .join('')
}
