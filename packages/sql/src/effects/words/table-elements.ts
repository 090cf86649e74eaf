import type { ObjectName } from '../effect-builder.ts'
import { recordComputed, recordForeignKey, recordTouched, type ForeignKeyEnds } from '../record-links.ts'
import { columnSays } from './column-says.ts'
import type { WordScope } from './word-scope.ts'
import { wordReads } from './word-reads.ts'
import { splitAtCommas, WordCursor, type Word } from './words.ts'

const KEYS = [
  'UNIQUE KEY',
  'UNIQUE INDEX',
  'UNIQUE',
  'PRIMARY KEY',
  'FULLTEXT KEY',
  'FULLTEXT INDEX',
  'FULLTEXT',
  'SPATIAL KEY',
  'SPATIAL INDEX',
  'SPATIAL',
  'KEY',
  'INDEX',
]

/** One line of `CREATE TABLE (…)` or of `ALTER TABLE … ADD`. `over` is true where rows may be there. */
export function tableElement(words: readonly Word[], table: ObjectName, over: boolean, scope: WordScope): void {
  const cursor = new WordCursor(words)
  let name: string | undefined
  if (cursor.take('CONSTRAINT')) name = isConstraintWord(cursor) ? undefined : cursor.simpleName()
  if (cursor.take('CHECK')) check(cursor, table, name, over, scope)
  else if (cursor.take('FOREIGN', 'KEY')) foreignKey(cursor, table, name, over, scope)
  else if (cursor.word?.kind === 'word' && startsKey(cursor)) key(cursor, table, name, over, scope)
  else columnDefinition(cursor, table, over, scope)
}

const isConstraintWord = (cursor: WordCursor): boolean => ['CHECK', 'FOREIGN', 'UNIQUE', 'PRIMARY'].some((word) => cursor.is(word))

/** `key text` is a column in SQLite, `KEY (a)` and `KEY k (a)` are keys. */
function startsKey(cursor: WordCursor): boolean {
  if (cursor.is('PRIMARY', 'KEY')) return true
  const first = cursor.word?.text ?? ''
  if (first !== 'KEY' && first !== 'INDEX') return ['UNIQUE', 'FULLTEXT', 'SPATIAL'].includes(first)
  return (
    cursor.words[cursor.at + 1]?.text === '(' || cursor.words[cursor.at + 2]?.text === '(' || cursor.words[cursor.at + 2]?.text === 'USING'
  )
}

function key(cursor: WordCursor, table: ObjectName, given: string | undefined, over: boolean, scope: WordScope): void {
  const { build } = scope
  const kind = cursor.takeOne(KEYS) ?? ''
  cursor.take('IF', 'NOT', 'EXISTS')
  let name = given
  if (cursor.word?.text !== '(' && !cursor.is('USING')) name = cursor.simpleName() ?? name
  if (cursor.take('USING')) cursor.at++
  const unique = kind.startsWith('UNIQUE') || kind === 'PRIMARY KEY'
  const words = cursor.group()
  const plain = plainColumns(words)
  const columns = keyColumns(words, table, scope, unique && over)
  // Without a name it gets that of its first column, with a number behind it where there is one already.
  const member = kind === 'PRIMARY KEY' ? 'constraint:primary key' : `index:${name ?? columns[0] ?? 'functional_index'}`
  build.named(table, member, plain)
  if (unique) build.key(table, member, plain)
  // An update of a column that it looks at meets it there.
  if (unique) judged(table, scope, over ? ['insert', 'unseen'] : undefined)
  if (unique && over) build.member('relation', table, 'rows:all', 'read', 'rows')
  for (const column of columns) {
    build.member('relation', table, `column:${column}`, 'read', 'type', ...(unique && over ? (['rows'] as const) : []))
    if (kind === 'PRIMARY KEY') build.member('relation', table, `column:${column}`, 'write', 'null')
  }
}

/** Rows that are written are judged by one more. */
export function judged(table: ObjectName, { build }: WordScope, events: readonly string[] = ['insert', 'update']): void {
  for (const event of events) build.member('relation', table, `on:${event}`, 'add', 'definition')
}

/** The columns of a key; expressions in it are read too, in the rows that are there where it is to hold for them. */
export function keyColumns(words: readonly Word[], table: ObjectName, scope: WordScope, over = false): readonly string[] {
  return splitAtCommas(words).flatMap((part) => {
    const [first, second] = part
    const plain =
      first !== undefined &&
      first.kind !== 'other' &&
      (second === undefined ||
        BEHIND_COLUMN.has(second.text) ||
        (second.text === '(' && (first.kind !== 'word' || /^\d+$/.test(part[2]?.text ?? ''))))
    if (plain) return [first.name]
    wordReads(part, scope, over ? 'rows' : 'depends', table)
    return []
  })
}

const BEHIND_COLUMN = new Set(['ASC', 'DESC', 'COLLATE', 'NULLS'])

/** The columns where a key is made of them as they are: of no part, in no other collation. */
export function plainColumns(words: readonly Word[]): readonly string[] | undefined {
  const columns = splitAtCommas(words).flatMap(([first, second, ...more]) =>
    first === undefined || first.kind === 'other' || more.length > 0 || !['ASC', 'DESC'].includes(second?.text ?? 'ASC')
      ? []
      : [first.name],
  )
  return columns.length > 0 && columns.length === splitAtCommas(words).length ? columns : undefined
}

function check(cursor: WordCursor, table: ObjectName, name: string | undefined, over: boolean, scope: WordScope): void {
  const body = cursor.group()
  const text = name ?? `check ${body.map((word) => word.text).join(' ')}`
  scope.build.named(table, `constraint:${text}`, [])
  if (name === undefined || isNumbered(name)) numbered(table, scope)
  judged(table, scope, over ? ['insert', 'unseen'] : undefined)
  wordReads(body, scope, over ? 'rows' : 'depends', table)
  if (over) scope.build.member('relation', table, 'rows:all', 'read', 'rows')
}

function foreignKey(cursor: WordCursor, table: ObjectName, given: string | undefined, over: boolean, scope: WordScope): void {
  const name = cursor.word?.text === '(' ? given : (cursor.simpleName() ?? given)
  const columns = keyColumns(cursor.group(), table, scope)
  keyOfReference(table, name, columns, over, scope)
  judged(table, scope, over ? ['insert', 'unseen'] : undefined)
  for (const column of columns)
    scope.build.member('relation', table, `column:${column}`, 'read', 'type', ...(over ? (['rows'] as const) : []))
  if (cursor.take('REFERENCES')) references(cursor, table, columns, over, scope)
}

function keyOfReference(table: ObjectName, name: string | undefined, columns: readonly string[], over: boolean, scope: WordScope): void {
  const { build, rules } = scope
  build.named(table, `constraint:${name ?? columns.join('_')}`, [])
  if (name === undefined || isNumbered(name)) numbered(table, scope)
  if (!over || rules.kind !== 'mysql') return
  // It makes an index of its own where there is none, and else holds on to the one that there is.
  build.named(table, `index:${name ?? columns[0] ?? ''}`, columns)
  build.needsKey(table, columns)
  // Of two that need the same one, the first makes it, and gives it its name.
  build.member('relation', table, `index over:${columns[0] ?? ''}`, 'write', 'order')
}

/** What has no name gets the next number: `t_chk_1`, `t_ibfk_2`, `CONSTRAINT_3`. */
export const isNumbered = (name: string): boolean => /_\d+$/.test(name)

export function numbered(table: ObjectName, { build, rules }: WordScope): void {
  if (rules.kind === 'mysql') build.member('relation', table, 'numbered:constraint', 'write', 'order')
}

/** From now on a change of either table looks at the other, or changes it. */
function references(cursor: WordCursor, table: ObjectName, columns: readonly string[], over: boolean, scope: WordScope): void {
  const target = cursor.objectName()
  if (target === undefined) return
  const { build } = scope
  build.object('relation', target, 'read', 'exist')
  const targets = keyColumns(cursor.group(), target, scope)
  build.needsKey(target, targets)
  for (const column of targets) build.member('relation', target, `column:${column}`, 'read', 'type')
  if (over) {
    for (const of of [table, target]) build.member('relation', of, 'rows:all', 'read', 'rows')
    for (const column of targets) build.member('relation', target, `column:${column}`, 'read', 'rows')
  }
  // A table is not emptied while a key refers to it, an empty one neither.
  build.member('relation', target, 'on:truncate', 'add', 'definition')
  let onDelete: ForeignKeyEnds['onDelete'] = 'stops'
  let onUpdate: ForeignKeyEnds['onUpdate'] = 'stops'
  while (!cursor.done) {
    if (cursor.take('ON', 'DELETE')) onDelete = cursor.is('CASCADE') ? 'removes' : cursor.is('SET') ? 'changes' : 'stops'
    else if (cursor.take('ON', 'UPDATE')) onUpdate = cursor.is('CASCADE') || cursor.is('SET') ? 'changes' : 'stops'
    else cursor.at++
  }
  recordForeignKey(build, { table, columns, target, targets, onDelete, onUpdate })
}

/** A column: whatever stands behind its name. */
function columnDefinition(cursor: WordCursor, table: ObjectName, over: boolean, scope: WordScope): void {
  const { build } = scope
  const name = cursor.simpleName()
  if (name === undefined) {
    build.object('relation', table, 'write', 'shape')
    return
  }
  if (over) build.member('relation', table, `column:${name}`, 'add', 'exist')
  if (over) placed(cursor.words, table, scope)
  if (scope.rules.kind === 'mysql') build.says(table, name, columnSays(cursor.rest()))
  const isNumber = ['INT', 'INTEGER', 'BIGINT'].includes(cursor.word?.text ?? '')
  // MySQL's first TIMESTAMP has a default of its own.
  const isTime = cursor.word?.text === 'TIMESTAMP' || cursor.word?.text === 'SERIAL'
  let generated = false
  let given = false
  let needsValue = false
  let computed = false
  while (!cursor.done) {
    if (cursor.take('NOT', 'NULL')) needsValue = true
    else if (cursor.take('PRIMARY', 'KEY')) {
      build.named(table, 'constraint:primary key', [name])
      build.key(table, 'constraint:primary key', [name])
      needsValue = true
    } else if (cursor.take('UNIQUE')) {
      build.named(table, `index:${name}`, [name])
      build.key(table, `index:${name}`, [name])
    } else if (cursor.take('CHECK')) check(cursor, table, undefined, over, scope)
    else if (cursor.take('REFERENCES')) {
      keyOfReference(table, undefined, [name], over, scope)
      references(cursor, table, [name], over, scope)
    } else if (cursor.takeOne(['GENERATED ALWAYS AS', 'AS']) !== undefined) {
      const expression = cursor.group()
      wordReads(expression, scope, 'depends', table)
      recordComputed(
        build,
        table,
        name,
        expression.flatMap((word) => (word.kind === 'other' ? [] : [word.name])),
      )
      computed = true
    } else if (cursor.take('ON', 'UPDATE')) {
      recordTouched(build, table, name)
    } else if (cursor.take('DEFAULT')) {
      given = true
      generated ||= cursor.word?.text === '(' || cursor.words[cursor.at + 1]?.text === '('
      computed ||= cursor.word?.text === '(' || /^(CURRENT_|NOW$|UTC_|UUID$|RAND)/.test(cursor.word?.text ?? '')
      givenBy(cursor, table, name, scope, over)
    } else if (cursor.takeOne(['AUTO_INCREMENT', 'AUTOINCREMENT']) !== undefined) {
      generated = true
      computed ||= scope.rules.kind !== 'sqlite'
    } else cursor.at++
  }
  const empty = !over && !given && !computed && !generated && !needsValue && !isTime
  if (!over || generated) build.column(table, name, { number: isNumber && !over, generated, empty })
  // Rows get their numbers one after the other, in the order of their key.
  if (over && generated && scope.rules.kind !== 'sqlite') build.object('relation', table, 'read', 'rows')
  if (over && (computed || (needsValue && !given))) build.member('relation', table, 'rows:all', 'read', 'rows')
}

/** `AFTER b`: the column has to be there under its name. */
export function placed(words: readonly Word[], { name, schema }: ObjectName, { build }: WordScope): void {
  const at = words.findIndex(({ text, kind, depth }) => kind === 'word' && text === 'AFTER' && depth === words[0]?.depth)
  const other = words[at + 1]?.name
  if (at < 0 || other === undefined) return
  const member = `column:${other}`
  build.include({ effects: [{ object: `relation:${name}`, schema, member, facet: 'type', access: 'read', untyped: true }] })
}

/** A default that is found out when a row is made: a function may take the next number of a sequence. `now`: for rows that are there too. */
export function givenBy(cursor: WordCursor, table: ObjectName, column: string, scope: WordScope, now = false): void {
  const rest = cursor.words.slice(cursor.at)
  const end = rest.findIndex(({ text, depth }, at) => at > 0 && depth === rest[0]?.depth && (text === ',' || DEFAULT_ENDS.has(text)))
  const expression = rest.slice(0, end < 0 ? undefined : end)
  wordReads(expression, scope, 'depends')
  const inner = scope.nested()
  wordReads(expression, inner, 'rows')
  const found = inner.build.done()
  scope.build.valueLink(table, column, found.effects)
  if (now) scope.build.include(found)
  cursor.group()
}

const DEFAULT_ENDS = new Set([
  'NOT',
  'NULL',
  'PRIMARY',
  'UNIQUE',
  'CHECK',
  'REFERENCES',
  'ON',
  'COMMENT',
  'COLLATE',
  'CONSTRAINT',
  'KEY',
  'AFTER',
  'FIRST',
])
