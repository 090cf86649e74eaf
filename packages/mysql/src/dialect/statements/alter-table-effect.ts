import type { StatementEffect } from '@yama/core'
import { follows, nameAt, type Word } from '@yama/sql'

export type AlterEffect = Pick<StatementEffect, 'loss' | 'loses'> & { readonly action: string }

/** Parts of a table that may go without any row losing a value. */
const OTHERS = new Set(['INDEX', 'KEY', 'PRIMARY', 'FOREIGN', 'CONSTRAINT', 'CHECK'])

/**
 * What the clauses of one ALTER TABLE do; the worst gives the name. Whether the table is copied depends on the server's
 * version and on the rows, so it is not said. `from` is after the table's name.
 */
export function alterTableEffect(words: readonly Word[], from: number, table: string): AlterEffect {
  const parts = splitClauses(words, from).map((part) => clauseEffect(part, table))
  const worst = parts.find((part) => part.loss === 'certain') ?? parts.find((part) => part.loss === 'possible') ?? parts[0]
  const losses = parts.flatMap((part) => (part.loses === undefined || part.loss !== worst?.loss ? [] : [part.loses]))
  return {
    action: worst?.action ?? '',
    loss: worst?.loss ?? 'none',
    ...(losses.length === 0 ? {} : { loses: losses.join(', ') }),
  }
}

function splitClauses(words: readonly Word[], from: number): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]]
  for (const word of words.slice(from)) {
    if (word.depth === 0 && word.text === ',') parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

function clauseEffect(words: readonly Word[], table: string): AlterEffect {
  const [first = '', second = ''] = words.map((word) => (word.kind === 'name' ? '`' : word.text))
  const partition = second === 'PARTITION'
  if ((first === 'DROP' || first === 'TRUNCATE') && partition) {
    const { name = '' } = nameAt(words, follows(words, 2, ['IF', 'EXISTS']) ?? 2)
    return { action: `${first} PARTITION`, loss: 'certain', loses: `partition ${name} of ${table} with its rows` }
  }
  if (first === 'DROP' && second === 'SYSTEM')
    return { action: 'DROP SYSTEM VERSIONING', loss: 'certain', loses: `the earlier versions of rows of ${table}` }
  if (first === 'DROP' && !OTHERS.has(second)) {
    const column = follows(words, 1, ['COLUMN']) ?? 1
    const { name = '' } = nameAt(words, follows(words, column, ['IF', 'EXISTS']) ?? column)
    return { action: 'DROP COLUMN', loss: 'certain', loses: `column ${name} of ${table}` }
  }
  if (first === 'MODIFY' || first === 'CHANGE') {
    const column = follows(words, 1, ['COLUMN']) ?? 1
    const { name = '' } = nameAt(words, follows(words, column, ['IF', 'EXISTS']) ?? column)
    return { action: `${first} COLUMN`, loss: 'possible', loses: `what does not fit the new definition of column ${name} of ${table}` }
  }
  if (first === 'CONVERT' && second === 'TO')
    return {
      action: 'CONVERT TO CHARACTER SET',
      loss: 'possible',
      loses: `characters of ${table} that the new character set does not have`,
    }
  if (first === 'ADD') return { action: second === 'COLUMN' || !/^[A-Z]/.test(second) ? 'ADD COLUMN' : addition(second), loss: 'none' }
  if (first === 'DROP')
    return {
      action: `DROP ${second === 'KEY' ? 'INDEX' : second === 'PRIMARY' || second === 'FOREIGN' ? `${second} KEY` : second}`,
      loss: 'none',
    }
  if (first === 'RENAME')
    return { action: second === 'COLUMN' || second === 'INDEX' || second === 'KEY' ? `RENAME ${second}` : 'RENAME TO', loss: 'none' }
  return { action: first, loss: 'none' }
}

const ADDED: Readonly<Record<string, string>> = {
  INDEX: 'ADD INDEX',
  KEY: 'ADD INDEX',
  UNIQUE: 'ADD UNIQUE',
  FULLTEXT: 'ADD FULLTEXT INDEX',
  SPATIAL: 'ADD SPATIAL INDEX',
  PRIMARY: 'ADD PRIMARY KEY',
  FOREIGN: 'ADD FOREIGN KEY',
  CONSTRAINT: 'ADD CONSTRAINT',
  CHECK: 'ADD CHECK',
  PARTITION: 'ADD PARTITION',
  PERIOD: 'ADD PERIOD',
  SYSTEM: 'ADD SYSTEM VERSIONING',
}
/** A bare word that is none of these is the name of a column. */
const addition = (word: string): string => ADDED[word] ?? 'ADD COLUMN'
