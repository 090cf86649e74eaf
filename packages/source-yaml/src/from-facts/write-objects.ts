import { isSeq } from 'yaml'
import { type Fact, memberId, objectId, parseFactId } from '@yama/schema'
import type { Placed } from '../model/model.ts'
import type { EnumData, SequenceData, ViewData } from '../schema/types.ts'
import { patchMember } from './entity-patch.ts'
import type { EntityStore } from './entity-store.ts'
import type { Comparison } from './kept-statements.ts'
import { sharesName } from './namesakes.ts'
import { factKey, factsByKey } from './same-fact.ts'
import { writeGrants } from './write-grants.ts'
import {
  eventTriggerValue,
  functionValue,
  objectValue,
  publicationValue,
  ruleValue,
  statisticsValue,
  triggerValue,
} from './write-statements.ts'
import { compositeTypeValue, domainValue, rangeTypeValue } from './write-types.ts'
import { doc, type Entry, home, keyed, type Write, type WrittenKind } from './write-value.ts'
import { writeIndex } from './write-members.ts'
import type { WriteContext } from './write-context.ts'
import { styledNode } from './yaml-style.ts'

const STATED: ReadonlySet<WrittenKind> = new Set<WrittenKind>(['function', 'trigger', 'rule', 'statistics', 'object'])
/** Their names are the server's; the key of every other entry may be something else than the name. */
const NAMED: ReadonlySet<WrittenKind> = new Set<WrittenKind>([
  'sequence',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'view',
  ...STATED,
])
const LISTS: ReadonlySet<string> = new Set(['grants', 'owners', 'defaultPrivileges'])

/** Everything beside tables: extensions, schemas and sequences, enums, views. */
export function writeObjects(store: EntityStore, comparison: Comparison, context: WriteContext): void {
  // A key that goes is free for what comes.
  removeObjects(store, comparison, context)
  writeAll(store, comparison, context, 'extension', 'database.yaml', 'extensions', extensionValue)
  writeAll(store, comparison, context, 'schema', 'database.yaml', 'schemas', schemaValue)
  writeAll(store, comparison, context, 'sequence', 'database.yaml', 'sequences', sequenceValue)
  writeAll(store, comparison, context, 'enum', 'enums.yaml', 'enums', enumValue)
  writeAll(store, comparison, context, 'domain', 'types.yaml', 'domains', domainValue)
  writeAll(store, comparison, context, 'compositeType', 'types.yaml', 'types', compositeTypeValue)
  writeAll(store, comparison, context, 'rangeType', 'types.yaml', 'types', rangeTypeValue)
  writeAll(store, comparison, context, 'view', 'views.yaml', 'views', viewValue)
  writeAll(store, comparison, context, 'function', 'functions.yaml', 'functions', functionValue)
  writeAll(store, comparison, context, 'trigger', 'triggers.yaml', 'triggers', triggerValue)
  writeAll(store, comparison, context, 'rule', 'triggers.yaml', 'rules', ruleValue)
  writeAll(store, comparison, context, 'statistics', 'database.yaml', 'statistics', statisticsValue)
  writeAll(store, comparison, context, 'publication', 'database.yaml', 'publications', publicationValue)
  writeAll(store, comparison, context, 'eventTrigger', 'database.yaml', 'eventTriggers', eventTriggerValue)
  writeAll(store, comparison, context, 'object', 'database.yaml', 'objects', objectValue)
  writeGrants(store, comparison, context)
}

function writeAll<K extends WrittenKind>(
  store: EntityStore,
  { left, about }: Comparison,
  context: WriteContext,
  kind: K,
  file: string,
  section: string,
  write: Write<K>,
): void {
  // By name: databases list their objects in the order in which they were made, and two equal ones shall give equal files.
  const facts = [...context.facts.values()].filter((fact) => fact.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1))
  let taken: Set<string> | undefined
  for (const fact of facts) {
    const stale = left.has(fact.id) || (kind === 'view' && context.children(fact.id, 'index').some((index) => left.has(index.id)))
    if (!stale) continue
    const written = write(fact as unknown as Fact<K>, context)
    if (written === undefined) continue
    const by = about.get(fact.id)
    if (by !== undefined && by.path[0] === section) {
      const document = store.touch(by.source.file, by.source.index)
      const node = document.getIn([...by.path])
      if (typeof by.path.at(-1) === 'number') continue
      if (kind === 'view') keepByDatabase('query', node, written.value as Record<string, unknown>, context)
      if (STATED.has(kind)) keepStatement(store, by, node, written.value as Record<string, unknown>, context)
      patchMember(document, by.path, written.value, context.dialect.kind)
      continue
    }
    taken ??= store.keys(section)
    const { key, value } = underFreeKey(written, kind, taken)
    taken.add(key)
    const document = store.open(file)
    const list = document.get(section)
    if (isSeq(list)) {
      const values = list.toJS(document) as string[]
      document.set(section, styledNode(document, { ...Object.fromEntries(values.map((each) => [each, null])), [key]: value }, section))
    } else document.setIn([section, key], styledNode(document, value, key))
  }
}

/** An entry of another database, or of a name that reads alike, may have the key: nothing may take its place. */
function underFreeKey({ key, value }: Entry, kind: WrittenKind, taken: ReadonlySet<string>): Entry {
  if (!taken.has(key) || !NAMED.has(kind)) return { key, value }
  let number = 2
  while (taken.has(`${key}_${number}`)) number++
  return { key: `${key}_${number}`, value: { name: key, ...(Array.isArray(value) ? { values: value } : (value as object)) } }
}

const writtenBefore = (node: unknown): Record<string, unknown> =>
  typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function'
    ? (node.toJSON() as Record<string, unknown>)
    : {}

/** A text given for each database keeps the others. */
function keepByDatabase(key: string, node: unknown, value: Record<string, unknown>, { dialect }: WriteContext): void {
  const before = writtenBefore(node)[key]
  if (typeof before === 'object' && before !== null) value[key] = { ...before, [dialect.kind]: value[key] }
}

/** A statement in a file of its own stays there. */
function keepStatement(store: EntityStore, by: Placed, node: unknown, value: Record<string, unknown>, context: WriteContext): void {
  const { file } = writtenBefore(node)
  if (typeof file !== 'string') return keepByDatabase('sql', node, value, context)
  store.writeStatement(by.source.file, file, `${String(value['sql'])};\n`)
  delete value['sql']
  value['file'] = file
}

function removeObjects(store: EntityStore, { statements }: Comparison, { facts }: WriteContext): void {
  const found = factsByKey(facts.values())
  for (const { by, facts: said, holds } of statements) {
    const section = by.path[0]
    if (
      holds ||
      section === 'entities' ||
      LISTS.has(String(section)) ||
      by.path.length !== 2 ||
      said.some((fact) => found.has(factKey(fact)))
    )
      continue
    store.touch(by.source.file, by.source.index).deleteIn([...by.path])
  }
}

const extensionValue: Write<'extension'> = (fact, context) => {
  const { schema, version } = fact.payload
  const value = { ...home(schema, context), ...(version === undefined ? {} : { version }) }
  return { key: fact.name, value: Object.keys(value).length === 0 ? null : value }
}

const schemaValue: Write<'schema'> = (fact, { facts }) => {
  const used = [...facts.values()].some((each) => each.schema === fact.name && each.kind !== 'schema')
  if (used && fact.payload.comment === undefined) return undefined
  return { key: fact.name, value: fact.payload.comment === undefined ? null : doc(fact.payload.comment) }
}

const largest: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }

const sequenceValue: Write<'sequence'> = (fact, context) => {
  const { type, start, increment, min, max, cache, cycle, engine, unlogged, comment, ownedBy } = fact.payload
  const own = ownedBy === undefined ? undefined : parseFactId(ownedBy)
  const table = own?.table === undefined ? undefined : context.facts.get(objectId('table', own.schema, own.table))
  const owner =
    own === undefined || table === undefined
      ? undefined
      : `${context.entityNames.get(table.id)}.${context.fieldNames.get(memberId('column', own.schema, own.table ?? '', own.name))}`
  const { key, named } = keyed(fact, fact.schema, context)
  const value: SequenceData = {
    ...named,
    ...home(fact.schema, context),
    ...(type === 'bigint' ? {} : { type: type as NonNullable<SequenceData['type']> }),
    ...(min === '1' ? {} : { min }),
    ...(start === min ? {} : { start }),
    ...(increment === '1' ? {} : { increment }),
    ...(max === largest[type] ? {} : { max }),
    ...(cache === '1' ? {} : { cache }),
    ...(cycle ? { cycle } : {}),
    ...(engine === undefined ? {} : { engine }),
    ...(unlogged === true ? { unlogged } : {}),
    ...(owner === undefined ? {} : { ownedBy: owner }),
    ...doc(comment),
  }
  return { key, value }
}

const enumValue: Write<'enum'> = (fact, context) => {
  const chosen = context.enumNames.get(fact.id)
  if (chosen === undefined || chosen === 'inline') return undefined
  const value: Exclude<EnumData, readonly string[]> = {
    values: [...fact.payload.values],
    ...(context.naming.enumeration(chosen.name) === fact.name ? {} : { name: fact.name }),
    ...home(fact.schema, context),
    ...doc(fact.payload.comment),
  }
  return { key: chosen.name, value: Object.keys(value).length === 1 ? value.values : value }
}

const viewValue: Write<'view'> = (fact, context) => {
  const { query, materialized, columns, comment, options } = fact.payload
  const twice = sharesName(context.facts, fact)
  const said = columns.flatMap(
    ({ name, type: _, comment: text, ...more }): readonly (readonly [string, NonNullable<ViewData['columns']>[string]])[] => {
      if (Object.keys(more).length === 0) return text === undefined ? [] : [[name, text] as const]
      return [[name, { ...doc(text), ...more }] as const]
    },
  )
  const indexes = context.children(fact.id, 'index').map((index) => writeIndex(index, context).value)
  const value: ViewData = {
    ...(twice ? { name: fact.name } : {}),
    ...home(fact.schema, context),
    ...doc(comment),
    query,
    ...(materialized ? { materialized: fact.unfilled === true ? { filled: false } : true } : {}),
    ...(indexes.length === 0 ? {} : { indexes: indexes as NonNullable<ViewData['indexes']> }),
    ...(said.length === 0 ? {} : { columns: Object.fromEntries(said) }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  }
  return { key: twice ? `${fact.schema}_${fact.name}` : fact.name, value }
}
