import type { ColumnSays } from '@yama/core'
import { WordCursor, type Word } from './words.ts'

/** Types whose columns are what is written, whatever the settings of the server. */
const TYPES = new Set(
  `TINYINT SMALLINT MEDIUMINT INT INTEGER BIGINT DECIMAL NUMERIC FLOAT DOUBLE BOOLEAN BOOL DATE DATETIME TIME YEAR CHAR VARCHAR BINARY VARBINARY
  TINYTEXT TEXT MEDIUMTEXT LONGTEXT TINYBLOB BLOB MEDIUMBLOB LONGBLOB ENUM SET`.split(/\s+/),
)

/** What stands behind the name of a column, by MySQL and MariaDB; nothing where one word of it is not understood. */
export function columnSays(words: readonly Word[]): ColumnSays {
  const cursor = new WordCursor(words)
  const type = typeOf(cursor)
  if (type === undefined) return {}
  let filled = false
  let value: string | undefined
  let comment = ''
  while (!cursor.done) {
    if (cursor.take('NOT', 'NULL')) filled = true
    else if (cursor.take('NULL') || cursor.take('FIRST')) continue
    else if (cursor.take('AFTER')) cursor.simpleName()
    else if (cursor.take('COMMENT') && cursor.word?.kind === 'string') comment = cursor.words[cursor.at++]!.text
    else if (cursor.take('DEFAULT')) {
      value = literal(cursor)
      if (value === undefined) return {}
    } else return {}
  }
  return { type, null: filled ? 'NOT NULL' : 'NULL', default: value ?? (filled ? '' : 'NULL'), comment }
}

function typeOf(cursor: WordCursor): string | undefined {
  const first = cursor.word
  if (first?.kind !== 'word' || !TYPES.has(first.text)) return undefined
  cursor.at++
  const parts = [first.text]
  if (cursor.word?.text === '(')
    parts.push(
      `(${cursor
        .group()
        .map(({ text }) => text)
        .join('')})`,
    )
  for (;;) {
    const word = cursor.takeOne(['UNSIGNED', 'CHARACTER SET', 'CHARSET', 'COLLATE'])
    if (word === undefined) return parts.join(' ')
    parts.push(word)
    if (word !== 'UNSIGNED') parts.push(cursor.simpleName() ?? '')
  }
}

/** A default that is one literal. */
export function literalOf(words: readonly Word[]): string | undefined {
  const cursor = new WordCursor(words)
  const value = literal(cursor)
  return cursor.done ? value : undefined
}

function literal(cursor: WordCursor): string | undefined {
  const sign = cursor.word?.text === '-' ? '-' : ''
  if (sign !== '') cursor.at++
  const word = cursor.words[cursor.at++]
  if (word === undefined || word.kind === 'name' || cursor.word?.text === '(') return undefined
  if (word.kind === 'string' || /^\d/.test(word.text) || word.text === 'NULL') return sign + word.text
  return undefined
}
