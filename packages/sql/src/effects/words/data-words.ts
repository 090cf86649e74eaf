import type { ObjectName } from '../effect-builder.ts'
import { ROWWISE_FUNCTIONS } from '../rowwise-functions.ts'
import { KEYWORDS } from './keywords.ts'
import { foundRows, insertedRows } from './picked-rows.ts'
import { wordReads } from './word-reads.ts'
import type { WordScope } from './word-scope.ts'
import { splitAtCommas, type Word, type WordCursor } from './words.ts'

/** Whoever writes rows depends on the triggers and constraints that judge them. */
function writes(table: ObjectName, { build }: WordScope, event: 'insert' | 'update' | 'delete', rowwise = false): void {
  build.object('relation', table, 'read', 'exist')
  build.member('relation', table, `on:${event}`, 'read', 'definition')
  // With IGNORE and its like, and in a body, the work may go on after a refusal.
  if (!rowwise) build.member('relation', table, 'on:refused', 'read', 'definition')
  if (event === 'delete' && rowwise) build.member('relation', table, 'rows:all', 'write', 'rows', 'keys')
  else if (event === 'delete') build.object('relation', table, 'write', 'rows', 'keys')
}

/** `INSERT` and `REPLACE`. */
export function insertWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  if (cursor.is('INSERT') && (cursor.words.some(({ text }) => text === 'IGNORE') || hasConflictNothing(cursor.words))) build.idempotent()
  while (!cursor.done && !cursor.is('INTO')) cursor.at++
  cursor.take('INTO')
  const table = cursor.objectName()
  if (table === undefined) {
    build.unknown('the table of the INSERT is not found')
    return
  }
  const replaces = cursor.words.some(
    ({ text, kind }, at) => kind === 'word' && text === 'REPLACE' && (at === 0 || cursor.words[at - 1]?.text === 'OR'),
  )
  const isPlain = scope.rowwise && cursor.words[0]?.text === 'INSERT' && cursor.words[1]?.text === 'INTO'
  const mayGoOn = cursor.words.some(({ text, kind }) => kind === 'word' && (text === 'CONFLICT' || text === 'DUPLICATE'))
  writes(table, scope, 'insert', isPlain && !mayGoOn)
  if (replaces) writes(table, scope, 'delete')
  build.object('relation', table, 'read', 'null')
  const asksDefault = replaces || cursor.words.some(({ text, kind }) => kind === 'word' && text === 'DEFAULT')
  let given: readonly string[] = []
  const isList = cursor.word?.text === '(' && !['SELECT', 'WITH', 'VALUES'].includes(cursor.words[cursor.at + 1]?.text ?? '')
  if (isList) {
    const columns = splitAtCommas(cursor.group()).map(([column]) => column?.name ?? '')
    for (const column of columns) build.member('relation', table, `column:${column}`, 'read', 'type')
    given = asksDefault ? [] : columns
    build.defaults(table, given)
    const rows = cursor.is('VALUES') && cursor.words[0]?.text === 'INSERT' && cursor.words[1]?.text === 'INTO'
    const picked = rows ? insertedRows(table, columns, cursor.rest().slice(1)) : undefined
    if (picked !== undefined) build.rows(picked)
  } else if (cursor.is('SET')) {
    const columns = assigned(cursor.rest().slice(1))
    for (const column of columns) build.member('relation', table, `column:${column}`, 'read', 'type')
    given = asksDefault ? [] : columns
    build.defaults(table, given)
  } else build.object('relation', table, 'read', 'shape', 'default')
  build.adds(table, given)
  const upsert = cursor.words.findIndex(({ text, kind }) => kind === 'word' && (text === 'CONFLICT' || text === 'DUPLICATE'))
  if (upsert >= 0) {
    const set = cursor.words.findIndex(({ text, kind }, at) => at > upsert && kind === 'word' && text === 'UPDATE')
    if (set >= 0) writes(table, scope, 'update')
    for (const column of set < 0 ? [] : assigned(cursor.words.slice(cursor.words[set + 1]?.text === 'SET' ? set + 2 : set + 1)))
      build.member('relation', table, `column:${column}`, 'write', 'rows', 'keys')
  }
  if (upsert >= 0) {
    build.object('relation', table, 'read', 'uniqueness')
    // What is there already decides what it becomes.
    wordReads(cursor.words.slice(upsert), scope, 'rows', table)
  }
  wordReads(cursor.rest(), scope, 'rows')
}

const hasConflictNothing = (words: readonly Word[]): boolean =>
  words.some(({ text }, at) => text === 'DO' && words[at + 1]?.text === 'NOTHING')

/** `UPDATE`, of one table or several. */
export function updateWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  const set = cursor.words.findIndex(({ text, kind, depth }) => text === 'SET' && kind === 'word' && depth === 0)
  if (set < 0) {
    build.unknown('the UPDATE has no SET')
    return
  }
  const inner = scope.nested()
  // SQLite's `UPDATE OR REPLACE` removes the rows that are in its way.
  const otherwise = cursor.words[1]?.text === 'OR'
  wordReads([...cursor.words.slice(0, 1), ...cursor.words.slice(otherwise ? 3 : 1, set)], inner, 'rows')
  const tables = inner.build
    .done()
    .effects.filter(({ object, facet }) => object.startsWith('relation:') && facet === 'exist')
    .map(({ object, schema }): ObjectName => ({ schema, name: object.slice('relation:'.length) }))
  const where = cursor.words.findIndex(
    ({ text, depth }, at) => at > set && depth === 0 && ['WHERE', 'FROM', 'ORDER', 'LIMIT', 'RETURNING'].includes(text),
  )
  const columns = assigned(cursor.words.slice(set + 1, where < 0 ? undefined : where))
  const [only] = tables
  const rowwise = tables.length === 1 && isRowwise(cursor.words, only, scope) ? only : undefined
  // `SET a = DEFAULT`, and the default that stands in for NULL where a row is replaced.
  const looks = otherwise || cursor.words.some(({ text, kind }) => kind === 'word' && text === 'DEFAULT') ? (['default'] as const) : []
  for (const table of tables) {
    writes(table, scope, 'update', rowwise !== undefined)
    if (otherwise) writes(table, scope, 'delete')
    for (const column of columns) {
      build.member('relation', table, `column:${column}`, 'write', 'rows', 'keys')
      build.member('relation', table, `column:${column}`, 'read', 'type', 'null', ...looks)
    }
  }
  wordReads(cursor.words, scope, 'rows', undefined, rowwise)
  // Of several rows that a row is joined to, one is the last.
  if (tables.length > 1 || cursor.words.some(({ text, kind, depth }) => text === 'FROM' && kind === 'word' && depth === 0)) build.ordered()
  if (rowwise === undefined) return
  const picked = foundRows(rowwise, columns, whereOf(cursor.words))
  build.rows(picked)
  // Once more it gives the same values.
  if (!cursor.words.slice(set + 1).some(({ name }, at) => columns.includes(name) && cursor.words[set + 2 + at]?.text !== '='))
    build.idempotent()
}

/** What stands behind WHERE. */
function whereOf(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(({ text, kind, depth }) => kind === 'word' && text === 'WHERE' && depth === 0)
  const end = words.findIndex(({ text, kind, depth }, index) => index > at && kind === 'word' && depth === 0 && text === 'ORDER')
  return at < 0 ? [] : words.slice(at + 1, end < 0 ? undefined : end)
}

/** The columns left of `=`. */
function assigned(words: readonly Word[]): readonly string[] {
  if (words.length === 0) return []
  return splitAtCommas(words).flatMap((part) => {
    const equals = part.findIndex(({ text }) => text === '=')
    const name = part[equals - 1]
    return name === undefined
      ? []
      : name.text === ')'
        ? part.slice(0, equals).flatMap(({ kind, name: column }) => (kind === 'other' ? [] : [column]))
        : [name.name]
  })
}

/** `DELETE`, of one table or several. */
export function deleteWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  cursor.at++
  while (cursor.takeOne(['LOW_PRIORITY', 'QUICK', 'IGNORE']) !== undefined);
  const tables: ObjectName[] = []
  // `DELETE a, b FROM …` and `DELETE FROM a, b USING …` name first what loses rows.
  cursor.take('FROM')
  for (;;) {
    const table = cursor.objectName()
    if (table !== undefined) tables.push(table)
    if (cursor.word?.text === '.' || cursor.word?.text === '*') cursor.at++
    if (cursor.word?.text !== ',') break
    cursor.at++
  }
  if (tables.length === 0) build.unknown('the table of the DELETE is not found')
  const [only] = tables
  const rowwise = tables.length === 1 && isRowwise(cursor.words, only, scope) ? only : undefined
  for (const table of tables) writes(table, scope, 'delete', rowwise !== undefined)
  // Aliases of the list above are written too, under the name of their table.
  const inner = scope.nested()
  wordReads(cursor.words.slice(1), inner, 'rows')
  if (cursor.is('FROM') || cursor.is('USING'))
    for (const { object, schema, facet } of inner.build.done().effects)
      if (facet === 'exist' && object.startsWith('relation:')) writes({ schema, name: object.slice('relation:'.length) }, scope, 'delete')
  wordReads(cursor.words.slice(1), scope, 'rows', undefined, rowwise)
  if (rowwise !== undefined) build.rows(foundRows(rowwise, [], whereOf(cursor.words)))
}

/** Words with which what becomes of a row may depend on other rows, or on how many there are. */
const TOGETHER = new Set(['IGNORE', 'LIMIT', 'RETURNING', 'OR', 'JOIN', 'STRAIGHT_JOIN', 'PARTITION', 'OVER', '@', ':='])

/** Whether what becomes of a row of the table depends on nothing else in it. */
function isRowwise(words: readonly Word[], table: ObjectName | undefined, { rowwise }: WordScope): boolean {
  if (!rowwise || table === undefined) return false
  const named = words.filter(
    ({ kind, name }, at) => kind !== 'other' && name === table.name && words[at + 1]?.text !== '.' && words[at - 1]?.text !== '.',
  )
  return (
    named.length === 1 &&
    words.every(({ kind, text, name }, at) => {
      if (text.startsWith('@') || text.startsWith(':')) return false
      if (kind !== 'word') return true
      if (TOGETHER.has(text) && !(text === 'OR' && at > 1)) return false
      const called = words[at + 1]?.text === '(' && !KEYWORDS.has(text)
      return !called || ROWWISE_FUNCTIONS.has(name)
    })
  )
}
