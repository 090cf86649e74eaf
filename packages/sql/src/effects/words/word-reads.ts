import type { ObjectName } from '../effect-builder.ts'
import { noReads, recordReads, type FoundReads, type ReadMode } from '../record-reads.ts'
import { KEYWORDS } from './keywords.ts'
import type { WordScope } from './word-scope.ts'
import { WordCursor, type Word } from './words.ts'

/**
 * Everything that an expression or query refers to; `own` is the table of which an expression without FROM speaks, `rowwise` one of
 * which each row is looked at alone.
 */
export function wordReads(words: readonly Word[], { build }: WordScope, mode: ReadMode, own?: ObjectName, rowwise?: ObjectName): void {
  recordReads(gather(words), build, mode, own, rowwise)
}

const TABLE_FOLLOWS = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', 'INTO', 'UPDATE', 'USING'])

function gather(words: readonly Word[]): FoundReads {
  const found = noReads()
  const common = commonTables(words)
  const cursor = new WordCursor(words)
  /** The depths at which a list of tables goes on behind a comma. */
  const lists = new Set<number>()
  while (!cursor.done) {
    const { text, kind, depth } = cursor.word!
    const before = words[cursor.at - 1]
    if (kind === 'other') {
      if (text === '*' && isStar(before)) found.whole.add(before?.text === '.' ? (words[cursor.at - 2]?.name ?? '') : '')
      if (text === ')') lists.delete(depth + 1)
      cursor.at++
      if (text === ',' && lists.has(depth)) relation(cursor, found, common)
      continue
    }
    if (kind === 'string') cursor.at++
    else if (takesNumber(cursor)) sequence(cursor, found)
    else if (kind === 'word' && TABLE_FOLLOWS.has(text) && !(text === 'FROM' && before?.text === 'DISTINCT')) {
      cursor.at++
      if (text === 'FROM') lists.add(depth)
      relation(cursor, found, common)
    } else if (kind === 'word' && KEYWORDS.has(text) && words[cursor.at + 1]?.text !== '.') {
      if (text !== 'AS' && text !== 'ON') lists.delete(depth)
      cursor.at++
      // The alias of an expression is no column.
      if (text === 'AS') cursor.simpleName()
    } else column(cursor, found)
  }
  return found
}

/** MariaDB's `NEXTVAL(s)`, `SETVAL(s, 1)` and `NEXT VALUE FOR s`. */
const takesNumber = (cursor: WordCursor): boolean =>
  cursor.is('NEXTVAL', '(') || cursor.is('SETVAL', '(') || cursor.is('NEXT', 'VALUE', 'FOR')

function sequence(cursor: WordCursor, { relations, taken }: FoundReads): void {
  if (!cursor.take('NEXT', 'VALUE', 'FOR')) cursor.at += 2
  const name = cursor.objectName()
  if (name === undefined) return
  relations.set(`sequence ${name.name}`, name)
  taken.push({ of: name })
}

const isStar = (before: Word | undefined): boolean => before === undefined || ['SELECT', ',', '.', 'DISTINCT', 'ALL'].includes(before.text)

function relation(cursor: WordCursor, { relations }: FoundReads, common: ReadonlySet<string>): void {
  for (const word of ['LOW_PRIORITY', 'IGNORE', 'ONLY', 'LATERAL', 'TABLE']) cursor.take(word)
  if (cursor.word === undefined || (cursor.word.kind === 'other' && cursor.word.text !== '(')) return
  if (cursor.word.text === '(' || (cursor.word.kind === 'word' && KEYWORDS.has(cursor.word.text))) return
  const name = cursor.objectName()
  if (name === undefined) return
  if (cursor.word?.text === '(') return
  cursor.take('AS')
  const alias = cursor.word
  const aliased = alias !== undefined && (alias.kind === 'name' || (alias.kind === 'word' && !KEYWORDS.has(alias.text)))
  if (aliased) cursor.at++
  if (name.schema === '' && common.has(name.name)) return
  relations.set(aliased ? alias.name : name.name, name)
}

function column(cursor: WordCursor, { columns, functions }: FoundReads): void {
  const first = cursor.word!
  const name = cursor.objectName() ?? { schema: '', name: first.name }
  if (cursor.word?.text === '.') {
    cursor.at++
    const last = cursor.simpleName()
    if (last !== undefined) columns.push({ qualifier: name.name, name: last })
    return
  }
  if (cursor.word?.text === '(' && first.kind === 'word') {
    functions.push({ schema: '', name: name.name })
    return
  }
  if (name.name !== '') columns.push({ qualifier: name.schema, name: name.name })
}

/** Names that WITH gives. */
function commonTables(words: readonly Word[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [index, { text, kind }] of words.entries()) {
    if (kind !== 'word' || text !== 'AS' || words[index + 1]?.text !== '(') continue
    let at = index - 1
    if (words[at]?.text === ')') while (at >= 0 && words[at]?.text !== '(') at--
    const name = words[words[index - 1]?.text === ')' ? at - 1 : at]
    if (name !== undefined) names.add(name.name)
  }
  return names
}
