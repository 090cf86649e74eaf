import type { StatementEffect } from '@yama/core'
import { lexerRules, statementWords } from '@yama/sql'
import { readRebuiltMark } from './rebuilt-mark.ts'

/** SQLite has one lock: the file's. Readers go on until the commit, in WAL mode always. */
export const FILE_LOCK = 'EXCLUSIVE (database file)'

const DDL = new Set(['CREATE', 'ALTER', 'DROP', 'REINDEX', 'VACUUM', 'ANALYZE'])
const DML = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE'])
const QUERY = new Set(['SELECT', 'VALUES', 'EXPLAIN'])
const CONTROL = new Set(['BEGIN', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE', 'PRAGMA', 'ATTACH', 'DETACH'])

const NAME = '("(?:[^"]|"")+"|`[^`]+`|\\[[^\\]]+\\]|[\\w$]+)'
const OBJECT = new RegExp(
  `^(?:CREATE|ALTER|DROP)\\s+(?:TEMP(?:ORARY)?\\s+)?(?:UNIQUE\\s+|VIRTUAL\\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(?:main\\s*\\.\\s*)?${NAME}` +
    `|^(?:INSERT|REPLACE)\\s+(?:OR\\s+\\w+\\s+)?INTO\\s+${NAME}|^UPDATE\\s+(?:OR\\s+\\w+\\s+)?${NAME}|^DELETE\\s+FROM\\s+${NAME}`,
  'i',
)

/** What is known of a statement from its first words; advice for people, never trusted for correctness. */
export function describeStatement(sql: string): StatementEffect {
  const words = statementWords(sql, lexerRules.sqlite)
  const [first = '', second = ''] = words
  const object = OBJECT.exec(withoutLeadingComments(sql))
    ?.slice(1)
    .find((group) => group !== undefined)
  const named = object === undefined ? {} : { object }
  if (QUERY.has(first)) return { verb: first, class: 'query', loss: 'none' }
  if (CONTROL.has(first)) return { verb: first, class: 'control', loss: 'none' }
  if (first === 'DELETE') {
    // With a condition it is an ordinary data step; without one it empties the table.
    const all = !/\bWHERE\b/i.test(sql)
    return {
      verb: first,
      ...named,
      class: 'dml',
      lock: FILE_LOCK,
      ...(all ? { loss: 'certain', loses: `every row of ${object ?? 'a table'}` } : { loss: 'none' }),
    }
  }
  if (DML.has(first) || first === 'WITH') return { verb: first, ...named, class: 'dml', lock: FILE_LOCK, loss: 'none' }
  if (!DDL.has(first)) return { verb: first, class: 'other', loss: 'none' }
  return { ...ddl(first, second, sql, object), ...named, class: 'ddl', lock: FILE_LOCK }
}

function ddl(
  first: string,
  second: string,
  sql: string,
  object: string | undefined,
): Pick<StatementEffect, 'verb' | 'rewrites' | 'loss' | 'loses'> {
  if (first === 'VACUUM') return { verb: 'VACUUM', rewrites: true, loss: 'none' }
  if (first === 'DROP' && second === 'TABLE') {
    const rebuilt = readRebuiltMark(sql)
    if (rebuilt !== undefined) return { verb: 'DROP TABLE', rewrites: true, ...rebuilt }
    return { verb: 'DROP TABLE', loss: 'certain', loses: `table ${object ?? ''} with its rows` }
  }
  if (first === 'ALTER') {
    const dropped = new RegExp(`\\bDROP\\s+(?:COLUMN\\s+)?${NAME}\\s*;?\\s*$`, 'i').exec(sql)?.[1]
    if (dropped !== undefined)
      return { verb: 'ALTER TABLE … DROP COLUMN', rewrites: true, loss: 'certain', loses: `column ${dropped} of ${object ?? 'the table'}` }
    const action = /\b(ADD|RENAME)\b/i.exec(sql)?.[1]?.toUpperCase()
    return { verb: action === undefined ? 'ALTER TABLE' : `ALTER TABLE … ${action}`, loss: 'none' }
  }
  const kind = second === 'TEMP' || second === 'TEMPORARY' || second === 'UNIQUE' || second === 'VIRTUAL' ? '' : second
  return { verb: kind === '' ? first : `${first} ${kind}`, loss: 'none' }
}

const withoutLeadingComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, '')
