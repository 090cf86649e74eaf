import type { Effect } from '@yama/core'
import type { ObjectName } from '../effect-builder.ts'
import { recordAssigned, recordView } from '../record-links.ts'
import { bodyEffects } from './body-effects.ts'
import { KEYWORDS } from './keywords.ts'
import { isOrdered } from './is-ordered.ts'
import { judged, keyColumns, plainColumns, tableElement } from './table-elements.ts'
import { wordReads } from './word-reads.ts'
import type { WordScope } from './word-scope.ts'
import { splitAtCommas, WordCursor, type Word } from './words.ts'

const MODIFIERS = ['TEMPORARY', 'TEMP', 'UNIQUE', 'FULLTEXT', 'SPATIAL', 'VIRTUAL', 'ONLINE', 'OFFLINE', 'AGGREGATE', 'VECTOR']

/** `CREATE …`, and MariaDB's `CREATE OR REPLACE …`. */
export function createWords(cursor: WordCursor, scope: WordScope): void {
  const { build } = scope
  cursor.take('CREATE')
  const replaces = cursor.take('OR', 'REPLACE')
  viewOptions(cursor)
  const modifiers = new Set<string>()
  for (let found = cursor.takeOne(MODIFIERS); found !== undefined; found = cursor.takeOne(MODIFIERS)) modifiers.add(found)
  const kind = cursor.takeOne([
    'TABLE',
    'INDEX',
    'VIEW',
    'TRIGGER',
    'PROCEDURE',
    'FUNCTION',
    'EVENT',
    'SEQUENCE',
    'DATABASE',
    'SCHEMA',
    'USER',
    'ROLE',
    'SERVER',
    'PACKAGE',
  ])
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS')
  if (ifNotExists || replaces) build.idempotent()
  const name = cursor.objectName()
  if (kind === undefined || name === undefined) {
    build.unknown('what it creates is not known')
    return
  }
  cursor.take('IF', 'NOT', 'EXISTS')
  if (kind === 'INDEX') index(cursor, name.name, modifiers.has('UNIQUE'), scope)
  else if (kind === 'TRIGGER') trigger(cursor, name, replaces, scope)
  else if (kind === 'PROCEDURE' || kind === 'FUNCTION') routine(cursor, name, replaces, scope)
  else if (kind === 'TABLE' || kind === 'VIEW' || kind === 'SEQUENCE') {
    build.object('relation', name, replaces ? 'write' : 'add', 'exist')
    if (name.schema !== '') build.object('schema', { schema: '', name: name.schema }, 'read', 'exist')
    // The character set of the database is that of every table which says nothing.
    if (scope.rules.kind === 'mysql') build.object('schema-objects', { schema: '', name: '' }, 'read', 'definition')
    if (kind === 'VIEW') view(cursor, name, scope)
    else if (kind === 'TABLE') table(cursor, name, modifiers.has('VIRTUAL'), scope)
  } else build.object(kind === 'DATABASE' ? 'schema' : kind.toLowerCase(), name, 'add', 'exist')
}

/** `ALGORITHM = … DEFINER = … SQL SECURITY …` before VIEW, TRIGGER, PROCEDURE, FUNCTION and EVENT. */
function viewOptions(cursor: WordCursor): void {
  if (!cursor.is('ALGORITHM') && !cursor.is('DEFINER') && !cursor.is('SQL', 'SECURITY')) return
  while (!cursor.done && !['VIEW', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'AGGREGATE'].some((word) => cursor.is(word))) cursor.at++
}

function table(cursor: WordCursor, name: ObjectName, virtual: boolean, scope: WordScope): void {
  const { build } = scope
  if (virtual) return
  if (cursor.take('LIKE')) {
    const other = cursor.objectName()
    if (other !== undefined) build.copied(other)
    // Which keys and columns that gives, only the other table says.
    build.object('relation', name, 'write', 'shape')
    return
  }
  const isQuery = cursor.word?.text === '(' && ['SELECT', 'WITH', 'LIKE'].includes(cursor.words[cursor.at + 1]?.text ?? '')
  if (cursor.word?.text === '(' && !isQuery) {
    const elements = splitAtCommas(cursor.group())
    for (const element of elements) tableElement(element, name, isQueried(cursor), scope)
  }
  if (!isQueried(cursor)) return
  wordReads(cursor.rest(), scope, 'rows')
  if (scope.rules.kind === 'mysql') takesOver(cursor.rest(), scope)
}

/** A column that a query passes on keeps its default, its comment, and whether it may be null. */
function takesOver(query: readonly Word[], scope: WordScope): void {
  const read = scope.nested()
  wordReads(query, read, 'depends')
  for (const { object, schema, facet } of read.build.done().effects)
    if (facet === 'exist' && object.startsWith('relation:'))
      scope.build.object('relation', { schema, name: object.slice('relation:'.length) }, 'read', 'default', 'null', 'comment')
}

/** `CREATE TABLE … SELECT`: the new table has rows. */
const isQueried = (cursor: WordCursor): boolean => cursor.rest().some(({ text, kind }) => text === 'SELECT' && kind === 'word')

function index(cursor: WordCursor, name: string, unique: boolean, scope: WordScope): void {
  const { build } = scope
  if (cursor.take('USING')) cursor.at++
  if (!cursor.take('ON')) {
    build.unknown('the table of the index is not found')
    return
  }
  const on = cursor.objectName() ?? { schema: '', name: '' }
  // In SQLite the names of indexes are those of the database, in MySQL those of the table.
  if (scope.rules.kind === 'sqlite') build.object('relation', { schema: '', name }, 'add', 'exist')
  build.object('relation', on, 'read', 'exist')
  const keyed = cursor.word?.text === '(' && !cursor.words.some(({ text }) => text === 'WHERE')
  const plain = keyed ? plainColumns(new WordCursor(cursor.rest()).group()) : undefined
  build.named(on, `index:${name}`, plain)
  if (unique) build.key(on, `index:${name}`, plain)
  // An update of a column that it looks at meets it there.
  if (unique) judged(on, scope, ['insert', 'unseen'])
  for (const column of keyColumns(cursor.group(), on, scope, unique))
    build.member('relation', on, `column:${column}`, 'read', 'type', ...(unique ? (['rows'] as const) : []))
  if (unique) build.member('relation', on, 'rows:all', 'read', 'rows')
  if (cursor.take('WHERE')) wordReads(cursor.rest(), scope, unique ? 'rows' : 'depends', on)
}

/** The table of `AS SELECT * FROM it` and nothing more: SQLite keeps the text, and reads the columns when the view is used. */
function starOf(query: readonly Word[]): ObjectName | undefined {
  const cursor = new WordCursor(query)
  if (!cursor.take('AS', 'SELECT', '*', 'FROM')) return undefined
  const table = cursor.objectName()
  return cursor.done ? table : undefined
}

/** `AS SELECT a, t.b AS c, * FROM t`: the columns as they are, whatever their types. */
function passesOn(query: readonly Word[]): boolean {
  const from = query.findIndex(({ text, kind }) => kind === 'word' && text === 'FROM')
  if (from < 0 || query[0]?.text !== 'AS' || query[1]?.text !== 'SELECT') return false
  const cursor = new WordCursor(query.slice(from + 1))
  cursor.objectName()
  if (cursor.take('AS') || cursor.word?.kind !== 'other') cursor.simpleName()
  return (
    cursor.done &&
    query
      .slice(2, from)
      .every(
        ({ text, kind }) =>
          kind === 'name' ||
          (kind === 'word' ? (text !== 'DISTINCT' && !KEYWORDS.has(text)) || text === 'AS' : [',', '.', '*'].includes(text)),
      )
  )
}

const untyped = (effect: Effect): Effect =>
  effect.access === 'read' && (effect.facet === 'type' || effect.facet === 'shape') ? { ...effect, untyped: true } : effect

function view(cursor: WordCursor, name: ObjectName, scope: WordScope): void {
  const listed = cursor.group().length > 0
  const query = cursor.rest()
  const { build, rules } = scope
  build.object('relation', name, 'write', 'definition')
  const star = rules.kind === 'sqlite' && !listed ? starOf(query) : undefined
  if (star === undefined) {
    const read = scope.nested()
    wordReads(query, read, 'depends')
    const { effects, ...rest } = read.build.done()
    build.include({ ...rest, effects: passesOn(query) && rules.kind !== 'sqlite' ? effects.map(untyped) : effects })
  } else {
    build.object('relation', star, 'read', 'exist')
    build.include({ effects: [{ object: `relation:${star.name}`, schema: star.schema, facet: 'shape', access: 'read', late: true }] })
  }
  const inner = scope.nested()
  wordReads(query, inner, 'rows')
  if (isOrdered(query)) inner.build.ordered()
  const reads = inner.build.done()
  recordView(build, name, reads)
  const stars = reads.effects.filter(({ facet }) => facet === 'shape')
  if (rules.kind !== 'sqlite') return
  if (stars.length > 0) build.link('relation', name, 'made', { effects: stars })
  // A column that gets another name in the table has it in the view then.
  if (!listed) passedOn(reads.effects, name, scope)
}

function passedOn(reads: readonly Effect[], view: ObjectName, { build }: WordScope): void {
  for (const { object, schema, facet, member } of reads)
    if (facet === 'type' && member !== undefined)
      build.link('relation', view, 'made', { effects: [{ object, schema, facet: 'shape', access: 'read' }] }, [
        member.slice('column:'.length),
      ])
}

/** From now on a change of the table does what the body does. */
function trigger(cursor: WordCursor, { name }: ObjectName, replaces: boolean, scope: WordScope): void {
  const { build } = scope
  const header: Word[] = []
  while (!cursor.done && !cursor.is('ON')) header.push(cursor.words[cursor.at++]!)
  cursor.take('ON')
  const on = cursor.objectName()
  if (on === undefined) {
    build.unknown('the table of the trigger is not found')
    return
  }
  build.object('relation', on, 'read', 'exist')
  const event = ['INSERT', 'UPDATE', 'DELETE'].find((word) => header.some(({ text }) => text === word))?.toLowerCase()
  build.member('relation', on, `on:${event ?? ''}`, 'add', 'definition')
  // They run in the order in which they were made.
  const time = header.some(({ text }) => text === 'BEFORE') ? 'before' : 'after'
  if (scope.rules.kind === 'mysql') build.member('relation', on, `triggers ${time}:${event ?? ''}`, 'write', 'order')
  build.object('trigger', { schema: '', name }, replaces ? 'write' : 'add', 'exist')
  const of = header.findIndex(({ text }) => text === 'OF')
  if (of >= 0)
    for (const { name: column, kind } of header.slice(of + 1))
      if (kind !== 'other') build.member('relation', on, `column:${column}`, 'read', 'type')
  if (event !== 'insert' && event !== 'update' && event !== 'delete') {
    build.unknown('the event of the trigger is not found')
    return
  }
  const columns = of < 0 ? undefined : header.slice(of + 1).flatMap((word) => (word.kind === 'other' ? [] : [word.name]))
  const rest = cursor.rest()
  const body = bodyEffects(rest, scope)
  const own = rowColumns(rest, on)
  build.include({ effects: own })
  // SQLite renames a column in the body too, MySQL leaves a trigger that does not work any more.
  build.link('relation', on, event, scope.rules.kind === 'sqlite' ? body : { ...body, effects: [...body.effects, ...own] }, columns)
  const assigned = event === 'update' && header.some(({ text }) => text === 'BEFORE') ? assignedColumns(rest) : []
  if (assigned.length > 0) recordAssigned(build, on, assigned, columns)
  // SQLite reads the body whenever something that it names changes.
  for (const { object, schema, member, facet } of scope.rules.kind === 'sqlite' ? body.effects : []) {
    if (!object.startsWith('relation:')) continue
    const of = { schema, name: object.slice('relation:'.length) }
    if (member?.startsWith('column:') === true) build.member('relation', of, member, 'read', 'type')
    else if (facet === 'exist' || facet === 'rows') build.object('relation', of, 'read', 'exist')
  }
}

/** `NEW.a`, `OLD.b`: the columns of the table itself. */
function rowColumns(words: readonly Word[], { name, schema }: ObjectName): readonly Effect[] {
  const names = words.flatMap(({ text, kind }, at) =>
    kind === 'word' && (text === 'NEW' || text === 'OLD') && words[at + 1]?.text === '.' ? [words[at + 2]?.name ?? ''] : [],
  )
  return [...new Set(names)].map((column) => ({
    object: `relation:${name}`,
    schema,
    member: `column:${column}`,
    facet: 'type',
    access: 'read',
    untyped: true,
  }))
}

/** `SET NEW.a = 1, NEW.b = 2`, `SELECT … INTO NEW.c`: what stands behind a comma may be read only, and counts too. */
function assignedColumns(words: readonly Word[]): readonly string[] {
  return words.flatMap(({ text }, at) => {
    const before = words[at - 1]?.text ?? ''
    const name = words[at + 1]?.text === '.' ? words[at + 2]?.name : undefined
    return text === 'NEW' && name !== undefined && ['SET', ',', 'INTO'].includes(before) ? [name] : []
  })
}

function routine(cursor: WordCursor, name: ObjectName, replaces: boolean, scope: WordScope): void {
  scope.build.object('function', name, replaces ? 'write' : 'add', 'exist')
  scope.build.object('function', name, 'write', 'definition')
  cursor.group()
  scope.build.link('function', name, 'call', bodyEffects(cursor.rest(), scope))
}
