import type { StatementEffect } from '@yama/core'
import { follows, nameAt, type Word } from '@yama/sql'

export type AlterEffect = Pick<StatementEffect, 'lock' | 'loss' | 'loses' | 'rewrites'> & { readonly action: string }

const AE = 'ACCESS EXCLUSIVE'
const SRE = 'SHARE ROW EXCLUSIVE'
const SUE = 'SHARE UPDATE EXCLUSIVE'
const STRENGTH = [SUE, SRE, AE]

type Form = readonly [pattern: string, lock: string, rewrites: boolean]

/**
 * Forms of ALTER TABLE, the first that fits; from the manual and from locks traced on PostgreSQL 15. `*` stands for a name.
 */
const FORMS: readonly Form[] = [
  ['ADD FOREIGN KEY', SRE, false],
  ['ADD CONSTRAINT * FOREIGN KEY', SRE, false],
  ['ADD CONSTRAINT', AE, false],
  ['ADD PRIMARY KEY', AE, false],
  ['ADD UNIQUE', AE, false],
  ['ADD CHECK', AE, false],
  ['ADD EXCLUDE', AE, false],
  ['VALIDATE CONSTRAINT', SUE, false],
  ['ALTER CONSTRAINT', AE, false],
  ['DROP CONSTRAINT', AE, false],
  ['RENAME CONSTRAINT', AE, false],
  ['RENAME TO', AE, false],
  ['RENAME COLUMN', AE, false],
  ['RENAME', AE, false],
  ['CLUSTER ON', SUE, false],
  ['SET WITHOUT CLUSTER', SUE, false],
  ['SET LOGGED', AE, true],
  ['SET UNLOGGED', AE, true],
  ['SET TABLESPACE', AE, true],
  ['SET ACCESS METHOD', AE, true],
  ['SET SCHEMA', AE, false],
  ['SET (', SUE, false],
  ['RESET (', SUE, false],
  ['ATTACH PARTITION', SUE, false],
  ['DETACH PARTITION * CONCURRENTLY', SUE, false],
  ['DETACH PARTITION * . * CONCURRENTLY', SUE, false],
  ['DETACH PARTITION', AE, false],
  ['ENABLE TRIGGER', SRE, false],
  ['DISABLE TRIGGER', SRE, false],
  ['ENABLE REPLICA TRIGGER', SRE, false],
  ['ENABLE ALWAYS TRIGGER', SRE, false],
  ['ENABLE ROW LEVEL SECURITY', AE, false],
  ['DISABLE ROW LEVEL SECURITY', AE, false],
  ['FORCE ROW LEVEL SECURITY', AE, false],
  ['NO FORCE ROW LEVEL SECURITY', AE, false],
  ['OWNER TO', AE, false],
  ['REPLICA IDENTITY', AE, false],
]

/** What one action list of ALTER TABLE does, the strongest of its parts. `from` is after the table's name. */
export function alterTableEffect(words: readonly Word[], from: number, table: string): AlterEffect {
  const parts = splitActions(words, from).map((part) => actionEffect(part, table))
  const [first = { action: '', lock: AE, loss: 'none' as const }] = parts
  const worst = parts.find((part) => part.loss === 'certain') ?? parts.find((part) => part.loss === 'possible')
  const lock = parts.reduce(
    (strongest, part) => (STRENGTH.indexOf(part.lock ?? AE) > STRENGTH.indexOf(strongest) ? (part.lock ?? AE) : strongest),
    SUE,
  )
  const rewrites = parts.some((part) => part.rewrites === true) ? true : parts.every((part) => part.rewrites === false) ? false : undefined
  const losses = parts.flatMap((part) => (part.loses === undefined || part.loss !== worst?.loss ? [] : [part.loses]))
  return {
    action: (worst ?? first).action,
    lock,
    loss: worst?.loss ?? 'none',
    ...(rewrites === undefined ? {} : { rewrites }),
    ...(losses.length === 0 ? {} : { loses: losses.join(', ') }),
  }
}

function splitActions(words: readonly Word[], from: number): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]]
  for (const word of words.slice(from)) {
    if (word.depth === 0 && word.text === ',') parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

function actionEffect(words: readonly Word[], table: string): AlterEffect {
  const text = words.map((word) => (word.kind === 'name' ? '"' : word.text))
  for (const [pattern, lock, rewrites] of FORMS) {
    const parts = pattern.split(' ')
    if (parts.every((part, i) => (part === '*' ? words[i] !== undefined && words[i].kind !== 'other' : text[i] === part))) {
      return { action: pattern.replaceAll(/ [*.]/g, '').replace(' (', ''), lock, loss: 'none', rewrites }
    }
  }
  if (text[0] === 'ADD') return addColumn(text)
  if (text[0] === 'DROP') return dropColumn(words, table)
  if (text[0] === 'ALTER') return alterColumn(words, table)
  return { action: text[0] ?? '', lock: AE, loss: 'none' }
}

const VOLATILE = /^(?:GEN_RANDOM_UUID|RANDOM|CLOCK_TIMESTAMP|NEXTVAL|UUID_GENERATE_V\d\w*|UUIDV[47])$/
const STABLE = /^(?:NOW|CURRENT_TIMESTAMP|CURRENT_DATE|TRANSACTION_TIMESTAMP|LOCALTIMESTAMP|STATEMENT_TIMESTAMP)$/

function addColumn(text: readonly string[]): AlterEffect {
  const has = (word: string): boolean => text.includes(word)
  const serial = text.some((word) => /^(?:BIG|SMALL)?SERIAL[248]?$/.test(word))
  if (serial || has('IDENTITY') || (has('GENERATED') && has('STORED')) || text.some((word) => VOLATILE.test(word)))
    return { action: 'ADD COLUMN', lock: AE, loss: 'none', rewrites: true }
  const at = text.indexOf('DEFAULT')
  const calls = at >= 0 && text.some((word, i) => i > at && text[i + 1] === '(' && /^["\w]/.test(word) && !STABLE.test(word))
  return { action: 'ADD COLUMN', lock: AE, loss: 'none', ...(calls ? {} : { rewrites: false }) }
}

function dropColumn(words: readonly Word[], table: string): AlterEffect {
  const column = follows(words, 1, ['COLUMN']) ?? 1
  const { name = '' } = nameAt(words, follows(words, column, ['IF', 'EXISTS']) ?? column)
  return { action: 'DROP COLUMN', lock: AE, loss: 'certain', loses: `column ${name} of ${table}`, rewrites: false }
}

function alterColumn(words: readonly Word[], table: string): AlterEffect {
  const { name = '', end } = nameAt(words, follows(words, 1, ['COLUMN']) ?? 1)
  if (follows(words, end, ['TYPE']) !== undefined || follows(words, end, ['SET', 'DATA', 'TYPE']) !== undefined) {
    return {
      action: 'ALTER COLUMN TYPE',
      lock: AE,
      loss: 'possible',
      loses: `what does not fit the new type of column ${name} of ${table}`,
    }
  }
  const statistics = follows(words, end, ['SET', 'STATISTICS']) ?? follows(words, end, ['SET', '(']) ?? follows(words, end, ['RESET', '('])
  const length = words[end + 1]?.text === 'NOT' ? 3 : 2
  const action = words
    .slice(end, end + length)
    .map((word) => word.text)
    .filter((word) => /^[A-Z]+$/.test(word))
    .join(' ')
  return { action: `ALTER COLUMN ${action}`.trim(), lock: statistics === undefined ? AE : SUE, loss: 'none', rewrites: false }
}
