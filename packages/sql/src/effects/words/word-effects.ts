import type { StatementEffects } from '@yama/core'
import type { LexerRules } from '../../lexer/lexer-rules.ts'
import { effectBuilder } from '../effect-builder.ts'
import { alterWords, queryWords, renameWords } from './alter-words.ts'
import { createWords } from './create-words.ts'
import { deleteWords, insertWords, updateWords } from './data-words.ts'
import { dropWords } from './drop-words.ts'
import { grantWords } from './grant-words.ts'
import { isOrdered } from './is-ordered.ts'
import { wordReads } from './word-reads.ts'
import type { WordScope } from './word-scope.ts'
import { WordCursor, wordsOf, type Word } from './words.ts'

type Reader = (cursor: WordCursor, scope: WordScope) => void

const query: Reader = (cursor, scope) => {
  queryWords(cursor.words, scope)
}
const nothing: Reader = () => undefined

/** By the first word. What is missing here is unknown, and conflicts with everything. */
const readers: Readonly<Record<string, Reader>> = {
  CREATE: createWords,
  ALTER: alterWords,
  DROP: dropWords,
  RENAME: renameWords,
  INSERT: insertWords,
  REPLACE: insertWords,
  UPDATE: updateWords,
  DELETE: deleteWords,
  SELECT: query,
  VALUES: query,
  '(': query,
  WITH: withWords,
  GRANT: grantWords,
  REVOKE: grantWords,
  TRUNCATE: (cursor, { build }) => {
    build.idempotent()
    cursor.at++
    cursor.take('TABLE')
    const table = cursor.objectName()
    if (table === undefined) build.unknown('the table of the TRUNCATE is not found')
    else {
      build.object('relation', table, 'read', 'exist')
      build.object('relation', table, 'write', 'rows', 'keys')
      build.member('relation', table, 'on:truncate', 'read', 'definition')
    }
  },
  CALL: (cursor, { build }) => {
    cursor.at++
    const name = cursor.objectName() ?? { schema: '', name: '' }
    build.object('function', name, 'read', 'exist', 'definition')
    build.object('function', name, 'write', 'rows')
  },
  PRAGMA: (cursor, { build }) => {
    // Settings of the session; what changes the file's content for good is another matter.
    if (['WRITABLE_SCHEMA', 'USER_VERSION', 'APPLICATION_ID'].includes(cursor.words[1]?.text ?? ''))
      build.unknown('it writes into the file')
  },
  LOAD: (_, { build }) => {
    build.unknown('it loads a file')
  },
  ...Object.fromEntries(
    [
      'SET',
      'USE',
      'BEGIN',
      'START',
      'COMMIT',
      'ROLLBACK',
      'END',
      'SAVEPOINT',
      'RELEASE',
      'LOCK',
      'UNLOCK',
      'ANALYZE',
      'OPTIMIZE',
      'CHECK',
      'VACUUM',
      'REINDEX',
      'SHOW',
      'EXPLAIN',
      'DESCRIBE',
      'FLUSH',
      'DO',
      'SIGNAL',
      'DELIMITER',
      'ATTACH',
      'DETACH',
      'DEALLOCATE',
      'DECLARE',
      'LEAVE',
      'ITERATE',
      'RETURN',
    ].map((word) => [word, nothing]),
  ),
}

/** `WITH … INSERT`, `UPDATE`, `DELETE` or a query. */
function withWords(cursor: WordCursor, scope: WordScope): void {
  const at = cursor.words.findIndex(
    ({ text, kind, depth }) => kind === 'word' && depth === 0 && ['INSERT', 'REPLACE', 'UPDATE', 'DELETE'].includes(text),
  )
  wordReads(cursor.words, scope, 'rows')
  if (at >= 0) scope.build.include(scope.inside(cursor.words.slice(at)))
}

/**
 * What a statement reads and writes, from its words: for MySQL, MariaDB and SQLite. Names are compared without regard to case.
 *
 * @example wordEffects('DROP TABLE users', lexerRules.sqlite).effects[0]?.access // 'write'
 */
export const wordEffects = (sql: string, rules: LexerRules): StatementEffects => effectsOfWords(wordsOf(sql, rules), rules, true)

const COUNTED = new Set(['CHANGES', 'TOTAL_CHANGES', 'ROW_COUNT', 'FOUND_ROWS'])

function effectsOfWords(all: readonly Word[], rules: LexerRules, rowwise: boolean): StatementEffects {
  const words = all.at(-1)?.text === ';' ? all.slice(0, -1) : all
  const scope: WordScope = {
    build: effectBuilder(),
    rules,
    rowwise,
    inside: (inner) => effectsOfWords(inner, rules, false),
    nested: () => ({ ...scope, build: effectBuilder() }),
  }
  if (rowwise && words.some(({ text, kind }, at) => kind === 'word' && COUNTED.has(text) && words[at + 1]?.text === '('))
    scope.build.unknown('it asks how many rows the statement before it found')
  if (isOrdered(words)) scope.build.ordered()
  const first = words[0]
  if (first === undefined) return { effects: [] }
  const reader = readers[first.text]
  if (reader === undefined || first.kind === 'name') scope.build.unknown(`a statement that begins with ${first.text} is not read`)
  else reader(new WordCursor(words), scope)
  return scope.build.done()
}
