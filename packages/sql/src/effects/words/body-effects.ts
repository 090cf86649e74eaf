import type { StatementEffects } from '@yama/core'
import type { WordScope } from './word-scope.ts'
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

/** What the statements in the body of a routine or trigger do when it runs. Statements that are put together as text cannot be told. */
export function bodyEffects(words: readonly Word[], scope: WordScope): StatementEffects {
  const { build } = scope.nested()
  let from: number | undefined
  const end = (to: number): void => {
    if (from !== undefined) build.include(scope.inside(words.slice(from, to)))
    from = undefined
  }
  words.forEach(({ text, kind }, at) => {
    const starts = kind === 'word' && STATEMENTS.has(text) && isStart(words[at - 1])
    if (text === ';' || starts) end(at)
    if (starts) from = at
    if (kind === 'word' && (text === 'PREPARE' || text === 'EXECUTE') && isStart(words[at - 1]))
      build.unknown('it puts SQL together while it runs')
  })
  end(words.length)
  return build.done()
}

/** Behind what a statement of a body may begin. */
const isStart = (before: Word | undefined): boolean =>
  before === undefined || [';', 'BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'ROW', 'REPEAT', 'FOR', ':', ')'].includes(before.text)
