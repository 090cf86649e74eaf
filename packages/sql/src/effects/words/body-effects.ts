import type { StatementEffects } from '@yama/core'
import type { WordScope } from './word-scope.ts'
import { wordReads } from './word-reads.ts'
import type { Word } from './words.ts'

const STATEMENTS = new Set([
  'INSERT',
  'REPLACE',
  'UPDATE',
  'DELETE',
  'SELECT',
  'CALL',
  'CREATE',
  'ALTER',
  'DROP',
  'TRUNCATE',
  'WITH',
  'RENAME',
  'SIGNAL',
])

/** What may hold a query without being one: `RETURN (SELECT …)`, `IF (SELECT …) THEN`. */
const HOLD = new Set(['RETURN', 'SET', 'IF', 'ELSEIF', 'WHILE', 'UNTIL', 'CASE', 'DECLARE'])

/** What the statements in the body of a routine or trigger do when it runs. Statements that are put together as text cannot be told. */
export function bodyEffects(words: readonly Word[], scope: WordScope): StatementEffects {
  const { build } = scope.nested()
  let from: number | undefined
  const end = (to: number): void => {
    const part = from === undefined ? [] : words.slice(from, to)
    const [first] = part
    from = undefined
    if (first === undefined) return
    if (STATEMENTS.has(first.text)) {
      build.include(scope.inside(part))
      return
    }
    const inner = scope.nested()
    wordReads(part.slice(1), inner, 'rows')
    build.include(inner.build.done())
  }
  words.forEach(({ text, kind }, at) => {
    const starts = kind === 'word' && STATEMENTS.has(text) && isStart(words[at - 1])
    // The condition of a trigger stands behind its table.
    const holds =
      kind === 'word' && (text === 'RETURN' || (HOLD.has(text) && isStart(words[at - 1])) || (text === 'WHEN' && from === undefined))
    if (text === ';' || starts || holds) end(at)
    if (starts || holds) from = at
    if (kind === 'word' && (text === 'PREPARE' || text === 'EXECUTE') && isStart(words[at - 1]))
      build.unknown('it puts SQL together while it runs')
  })
  end(words.length)
  return build.done()
}

/** Behind what a statement of a body may begin. */
const isStart = (before: Word | undefined): boolean =>
  before === undefined || [';', 'BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'ROW', 'REPEAT', 'FOR', ':', ')'].includes(before.text)
