import type { ObjectName } from '../effect-builder.ts'
import { INDEXES } from '../inherited.ts'
import { columnSays, literalOf } from './column-says.ts'
import { givenBy, isNumbered, judged, numbered, placed, tableElement } from './table-elements.ts'
import { wordReads } from './word-reads.ts'
import type { WordScope } from './word-scope.ts'
import { splitAtCommas, WordCursor, type Word } from './words.ts'

/** `ALTER TABLE`, change by change; other kinds change what their object is. */
export function alterWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  cursor.take('ALTER')
  while (cursor.takeOne(['ONLINE', 'OFFLINE', 'IGNORE']) !== undefined);
  if (!cursor.take('TABLE')) {
    other(cursor, scope)
    return
  }
  cursor.take('IF', 'EXISTS')
  const table = cursor.objectName()
  if (table === undefined) {
    build.unknown('the table of the ALTER is not found')
    return
  }
  build.object('relation', table, 'read', 'exist')
  if (scope.rules.kind === 'sqlite' && (cursor.is('DROP') || cursor.is('RENAME')))
    build.object('schema-objects', { schema: '', name: '' }, 'read', 'shape')
  for (const change of splitAtCommas(cursor.rest())) alteration(new WordCursor(change), table, scope)
}

const OTHERS: Readonly<Record<string, readonly [kind: string, facet: 'definition' | 'type']>> = {
  VIEW: ['relation', 'definition'],
  SEQUENCE: ['relation', 'definition'],
  PROCEDURE: ['function', 'definition'],
  FUNCTION: ['function', 'definition'],
  EVENT: ['event', 'definition'],
  DATABASE: ['schema-objects', 'definition'],
  SCHEMA: ['schema-objects', 'definition'],
  USER: ['user', 'definition'],
}

function other(cursor: WordCursor, { build }: WordScope): void {
  while (!cursor.done && OTHERS[cursor.word?.text ?? ''] === undefined) cursor.at++
  const [kind, facet] = OTHERS[cursor.word?.text ?? ''] ?? []
  const sequence = cursor.is('SEQUENCE')
  cursor.at++
  cursor.take('IF', 'EXISTS')
  // `ALTER DATABASE CHARACTER SET …` means the current one.
  const name = kind === 'schema-objects' ? { schema: '', name: '' } : cursor.objectName()
  if (kind === undefined || facet === undefined || name === undefined) build.unknown('what it alters is not known')
  else build.object(kind, name, 'write', facet)
  // Whoever takes a number from it may get another one.
  if (sequence && name !== undefined) build.object('relation', name, 'write', 'rows')
}

function alteration(cursor: WordCursor, table: ObjectName, scope: WordScope): void {
  const { build } = scope
  const column = (
    name: string | undefined,
    access: 'write' | 'add',
    ...facets: readonly ('exist' | 'type' | 'null' | 'default' | 'rows')[]
  ): void => {
    if (name === undefined) build.object('relation', table, 'write', 'shape')
    else build.member('relation', table, `column:${name}`, access, ...facets)
  }
  if (cursor.takeOne(['RENAME COLUMN', 'CHANGE COLUMN', 'CHANGE']) !== undefined) return changed(cursor, table, scope)
  if (cursor.takeOne(['MODIFY COLUMN', 'MODIFY']) !== undefined) {
    cursor.take('IF', 'EXISTS')
    // It restates everything of the column.
    const name = cursor.simpleName()
    if (name === undefined) column(name, 'write')
    else restated(cursor, table, name, scope)
    return
  }
  if (cursor.takeOne(['ALTER COLUMN', 'ALTER INDEX', 'ALTER CHECK', 'ALTER CONSTRAINT', 'ALTER']) !== undefined) {
    const name = cursor.simpleName()
    const isDefault = cursor.is('SET', 'DEFAULT') || cursor.is('DROP', 'DEFAULT')
    if (isDefault && name !== undefined) {
      const value = cursor.is('SET', 'DEFAULT') ? literalOf(cursor.words.slice(cursor.at + 2)) : undefined
      build.restates(table, name, value === undefined ? {} : { default: value }, ['default'])
      if (cursor.take('SET', 'DEFAULT')) givenBy(cursor, table, name, scope)
    } else build.member('relation', table, `index:${name ?? ''}`, 'write', 'definition')
    return
  }
  if (
    cursor.is('ADD', 'PARTITION') ||
    cursor.is('DROP', 'PARTITION') ||
    cursor.words.some(({ text, depth }) => text === 'PARTITION' && depth === 0)
  ) {
    build.object('relation', table, 'write', 'shape')
    return
  }
  if (cursor.takeOne(['ADD COLUMN', 'ADD'])) return added(cursor, table, scope)
  if (cursor.take('DROP')) return dropped(cursor, table, scope)
  if (cursor.take('RENAME')) return renamed(cursor, table, scope)
  if (isSetting(cursor)) {
    build.member('relation', table, `setting:${cursor.word?.text ?? ''}`, 'write', 'comment')
    // Rows that get their numbers meet it.
    if (cursor.is('AUTO_INCREMENT')) build.member('relation', table, 'setting:AUTO_INCREMENT', 'add', 'rows')
    return
  }
  build.object('relation', table, 'write', 'shape')
}

const RESTATED = ['type', 'null', 'default', 'comment'] as const

function restated(cursor: WordCursor, table: ObjectName, name: string, scope: WordScope): void {
  scope.build.restates(table, name, columnSays(cursor.rest()), RESTATED, true)
  moved(cursor, table, name, scope)
}

/** `SELECT *` gives the columns in their order, without those that are not shown. */
function moved({ words }: WordCursor, table: ObjectName, column: string, scope: WordScope): void {
  const { build } = scope
  placed(words, table, scope)
  if (words.some(({ text, kind, depth }) => kind === 'word' && depth === words[0]?.depth && PLACES.has(text)))
    build.member('relation', table, `column:${column}`, 'write', 'order')
}

const PLACES = new Set(['FIRST', 'AFTER', 'INVISIBLE', 'VISIBLE'])

const SETTINGS = [
  'COMMENT',
  'AUTO_INCREMENT',
  'ROW_FORMAT',
  'ALGORITHM',
  'LOCK',
  'STATS_PERSISTENT',
  'STATS_AUTO_RECALC',
  'AVG_ROW_LENGTH',
  'MAX_ROWS',
  'MIN_ROWS',
  'KEY_BLOCK_SIZE',
  'COMPRESSION',
]
/** Several may stand behind one another without a comma, and one of them may be none. */
const isSetting = (cursor: WordCursor): boolean =>
  SETTINGS.some((word) => cursor.is(word)) &&
  cursor.rest().every(({ text, kind }, at) => at === 0 || kind !== 'word' || !RESTATING.has(text))

const RESTATING = new Set(['CHARACTER', 'CHARSET', 'COLLATE', 'ENGINE', 'CONVERT', 'TABLESPACE', 'UNION', 'AUTO_INCREMENT'])

function changed(cursor: WordCursor, table: ObjectName, scope: WordScope): void {
  const { build } = scope
  cursor.take('IF', 'EXISTS')
  const old = cursor.simpleName() ?? ''
  const isRename = cursor.take('TO')
  const next = cursor.simpleName() ?? old
  if (next === old && !isRename) return restated(cursor, table, old, scope)
  if (!isRename) build.member('relation', table, `column:${old}`, 'write', 'type', 'null', 'default', 'comment', 'rows')
  if (!isRename) moved(cursor, table, old, scope)
  if (next === old) return
  invalidating(scope)
  build.member('relation', table, `column:${old}`, 'write', 'name')
  build.member('relation', table, `column:${next}`, 'add', 'exist')
}

/** MySQL and MariaDB leave views alone whose columns or tables go. */
export const invalidating = ({ build, rules }: WordScope): void => {
  if (rules.kind !== 'sqlite') build.invalidates()
}

function added(cursor: WordCursor, table: ObjectName, scope: WordScope): void {
  if (cursor.take('IF', 'NOT', 'EXISTS')) scope.build.idempotent()
  // `ADD COLUMN (a int, b int)`
  const elements = cursor.word?.text === '(' ? splitAtCommas(cursor.group()) : [cursor.rest()]
  for (const element of elements) tableElement(element, table, true, scope)
}

function dropped(cursor: WordCursor, table: ObjectName, scope: WordScope): void {
  const { build } = scope
  if (cursor.take('PRIMARY', 'KEY')) {
    build.member('relation', table, 'constraint:primary key', 'write', 'exist', 'uniqueness')
    build.member('relation', table, INDEXES, 'read', 'order')
    judged(table, scope, ['refused'])
    return
  }
  const kind = cursor.takeOne(['FOREIGN KEY', 'CONSTRAINT', 'CHECK', 'INDEX', 'KEY', 'COLUMN'])
  if (cursor.take('IF', 'EXISTS')) build.idempotent()
  const name = cursor.simpleName() ?? ''
  if (kind === undefined || kind === 'COLUMN') {
    invalidating(scope)
    build.member('relation', table, `column:${name}`, 'write', 'exist')
    return
  }
  // Whether the index is unique, it does not say; what it let through it lets through still.
  judged(table, scope, ['refused'])
  build.member('relation', table, INDEXES, 'read', 'order')
  if (isNumbered(name) && kind !== 'INDEX' && kind !== 'KEY') numbered(table, scope)
  // Neither is a key.
  if (kind === 'FOREIGN KEY' || kind === 'CHECK') build.member('relation', table, `constraint:${name}`, 'write', 'exist')
  else if (kind === 'INDEX' || kind === 'KEY') build.member('relation', table, `index:${name}`, 'write', 'exist', 'uniqueness')
  else for (const member of ['constraint', 'index']) build.member('relation', table, `${member}:${name}`, 'write', 'exist', 'uniqueness')
}

function renamed(cursor: WordCursor, table: ObjectName, scope: WordScope): void {
  const { build } = scope
  const kind = cursor.takeOne(['INDEX', 'KEY'])
  if (kind !== undefined) {
    const old = cursor.simpleName() ?? ''
    cursor.take('TO')
    build.member('relation', table, `index:${old}`, 'write', 'name')
    build.member('relation', table, `index:${cursor.simpleName() ?? ''}`, 'add', 'exist')
    return
  }
  // SQLite's `RENAME a TO b` renames a column, `RENAME TO b` the table.
  if (cursor.words[cursor.at + 1]?.text === 'TO' && !cursor.is('TO')) {
    changed(cursor, table, scope)
    return
  }
  cursor.takeOne(['TO', 'AS'])
  const next = cursor.objectName()
  invalidating(scope)
  build.object('relation', table, 'write', 'name')
  if (next !== undefined) build.object('relation', next, 'add', 'exist')
}

/** `RENAME TABLE a TO b, c TO d`. */
export function renameWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  invalidating(scope)
  cursor.at++
  cursor.takeOne(['TABLE', 'TABLES'])
  for (const pair of splitAtCommas(cursor.rest())) {
    const inner = new WordCursor(pair)
    inner.take('IF', 'EXISTS')
    const old = inner.objectName()
    inner.take('TO')
    const next = inner.objectName()
    if (old === undefined || next === undefined) build.unknown('what it renames is not known')
    else {
      build.object('relation', old, 'write', 'name')
      build.object('relation', next, 'add', 'exist')
    }
  }
}

/** A query alone: what it reads; functions of the project are run. */
export function queryWords(words: readonly Word[], scope: WordScope): void {
  wordReads(words, scope, 'rows')
  if (words.some(({ text }) => text === 'OUTFILE' || text === 'DUMPFILE')) scope.build.unknown('it writes a file on the server')
}
