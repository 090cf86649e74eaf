import { childrenOf, memberId, type Action, type AnyFact, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { defaultName } from '../types/default-name.ts'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { tablesBelow } from './column-state.ts'
import { constraintDefinition } from './constraint-definition.ts'
import { createIndex } from './index-definition.ts'
import { objectName, spoken } from './names.ts'

export type Table = Fact<'table'>
/** An index of a partitioned table, alone or behind a key: each partition gets one like it. */
export type Root = Fact<'index'> | Fact<'constraint'>

export const isRoot = (fact: AnyFact): fact is Root =>
  fact.kind === 'index' || (fact.kind === 'constraint' && fact.payload.type !== 'foreign' && fact.payload.type !== 'check')

const ancestors = (base: FactBase, table: Table): readonly Table[] => {
  const parent = base.facts.get(table.payload.partitionOf?.table ?? '')
  return parent?.kind === 'table' ? [parent, ...ancestors(base, parent)] : []
}
export const rootsOf = (base: FactBase, table: Table): readonly Root[] =>
  ancestors(base, table).flatMap((parent) => childrenOf(base, parent.id).filter(isRoot))

/** The partitions of a table, and theirs. */
export const partitionsOf = (base: FactBase, parent: FactId): readonly Table[] =>
  tablesBelow(base, parent)
    .filter(({ payload }) => payload.partitionOf?.table === parent)
    .flatMap((each) => [each, ...partitionsOf(base, each.id)])

/** As `FigureIndexColname`: the function of a call, else `expr`. */
const columnName = (expression: string): string => /^(?:[\w"]+\.)*(\w+)\(/.exec(expression)?.[1] ?? 'expr'

/** The name that the server gives the partition's index, without the number for one that is taken. */
export function givenName(table: string, root: Root, number = 0): string {
  if (root.kind === 'index')
    return defaultName(
      'index',
      table,
      [...root.payload.keys.map((key) => key.column ?? columnName(key.expression ?? '')), ...(root.payload.include ?? [])],
      number,
    )
  const { type, columns, include = [], options } = root.payload
  // What is unique without overlaps is an exclusion to it.
  const kind = type === 'unique' && options['temporal'] === true ? 'exclusion' : type
  return defaultName(kind === 'primary' || kind === 'exclusion' ? kind : 'unique', table, [...columns, ...include], number)
}

/** True where no other index of the partition can have taken the name, so that it needs no number. */
export const isOnly = (base: FactBase, table: Table, root: Root): boolean => {
  const name = givenName(table.name, root)
  const own = childrenOf(base, table.id).some((fact) => fact.name === name)
  return !own && rootsOf(base, table).every((other) => other.id === root.id || givenName(table.name, other) !== name)
}

/** Where several would have the name, each has a number of its own, as the server gives them. */
export function physicalName(base: FactBase, table: Table, root: Root): string {
  const name = givenName(table.name, root)
  const same = rootsOf(base, table).filter((other) => givenName(table.name, other) === name)
  const number = same.findIndex((other) => other.id === root.id) + (childrenOf(base, table.id).some((fact) => fact.name === name) ? 1 : 0)
  return number === 0 ? name : givenName(table.name, root, number)
}

/** Finds the partition's index by its parent: what the server called it is not certain. */
const renameFound = (table: Table, root: Root, to: string): string => `DO $yama$
DECLARE
  own pg_catalog.regclass;
BEGIN
  WITH RECURSIVE family (index) AS (
    SELECT ${literal(qualified(root.schema, root.name))}::pg_catalog.regclass
    UNION ALL SELECT i.inhrelid::pg_catalog.regclass FROM pg_catalog.pg_inherits i JOIN family f ON f.index = i.inhparent
  )
  SELECT f.index INTO STRICT own FROM family f JOIN pg_catalog.pg_index x ON x.indexrelid = f.index WHERE x.indrelid = ${literal(objectName(table.id))}::pg_catalog.regclass;
  EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', own, ${literal(to)});
END
$yama$`

interface Names {
  /** Undefined: the server's own. */
  readonly from: string | undefined
  readonly to: string | undefined
}

function renameIndex(
  table: Table,
  root: Root,
  { from, to }: Names,
  { after }: RuleContext,
  change: 'add' | 'alter' | 'rename',
): readonly Action[] {
  const certain = isOnly(after, table, root)
  const old = from ?? (certain ? givenName(table.name, root) : undefined)
  const now = to ?? (certain ? givenName(table.name, root) : physicalName(after, table, root))
  // An index that does not reach every partition has each of its own named, also as the server would.
  if (old === now) return []
  return [
    action(
      table,
      change,
      {
        sql: old === undefined ? renameFound(table, root, now) : `ALTER INDEX ${qualified(table.schema, old)} RENAME TO ${identifier(now)}`,
        title: `name the index of ${spoken(table)} for ${root.name} ${now}`,
        lock: 'SHARE UPDATE EXCLUSIVE',
        consumes: [table.id, root.id],
        // Once it is a partition.
        after: change === 'add' ? [table.id] : [],
        weight: 29,
      },
      changed('attached', from, to),
    ),
  ]
}

/** What stands behind a key of the partition's own can be attached, but not made for it. */
const isOwnKey = (base: FactBase, table: Table, name: string): boolean =>
  childrenOf(base, table.id).some((fact) => fact.kind === 'constraint' && fact.name === name)

export const isPartial = (root: Root): boolean => root.payload.options['only'] === true

/** Of a table that has partitions itself, for which theirs are attached to it by themselves. */
function ownDefinition(table: Table, root: Root, name: string): string {
  const only = table.payload.partitionBy !== undefined
  if (root.kind === 'constraint')
    return `ALTER TABLE ${only ? 'ONLY ' : ''}${objectName(table.id)} ADD ${constraintDefinition({ ...root, name })}`
  const { comment: _, ...payload } = root.payload
  return createIndex({
    ...root,
    schema: table.schema,
    name,
    parent: table.id,
    payload: { ...payload, options: { ...payload.options, only } },
  })
}

/** An index that does not reach every partition is made on those that it does, and attached. */
function makeAttached(table: Table, root: Root, name: string, context: RuleContext): readonly Action[] {
  const parent = context.after.facts.get(table.payload.partitionOf?.table ?? '')
  const above = parent?.kind === 'table' && parent.id !== root.parent ? parent.payload.attached?.[root.id] : root.name
  const target = { consumes: [table.id, root.id, ...partitionsOf(context.after, table.id).map(({ id }) => id)], weight: 29 }
  const made = isOwnKey(context.after, table, name)
    ? []
    : [
        action(root, 'add', {
          sql: ownDefinition(table, root, name),
          title: `create index ${name} on ${spoken(table)}`,
          lock: 'SHARE',
          ...target,
        }),
      ]
  return [
    ...made,
    action(root, 'add', {
      sql: `ALTER INDEX ${qualified(root.schema, above ?? root.name)} ATTACH PARTITION ${qualified(table.schema, name)}`,
      title: `attach index ${name} to ${root.name}`,
      lock: 'ACCESS EXCLUSIVE',
      ...target,
    }),
  ]
}

/** What a table and its parents call the same thing: a column by its name, a key, check or index by what it says. */
export function meaningOf(fact: AnyFact): string | undefined {
  if (fact.kind === 'column') return `column ${fact.name}`
  if (fact.kind !== 'constraint' && fact.kind !== 'index') return undefined
  const { comment: _, options: __, ...payload } = fact.payload
  return `${fact.kind} ${JSON.stringify(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)))}`
}

/** Keys of partitions that stand behind an index which goes: with it they would go too, and those that stay have to be let out of it before. */
export function ownKeysBehind(root: Root, { before }: Pick<RuleContext, 'before'>): readonly (readonly [Table, Fact<'constraint'>])[] {
  return partitionsOf(before, root.parent ?? '').flatMap((table) => {
    const name = table.payload.attached?.[root.id]
    return childrenOf(before, table.id).flatMap((fact) =>
      fact.kind === 'constraint' && fact.name === name ? [[table, fact] as const] : [],
    )
  })
}

/** True where it stands behind an index of a parent that goes, and that takes it along: nobody may drop it then. */
export function goesWithIndex(own: Root, context: RuleContext): boolean {
  const table = context.before.facts.get(own.parent ?? '')
  const attached = table?.kind === 'table' ? (table.payload.attached ?? {}) : {}
  return Object.entries(attached).some(([root, name]) => name === own.name && context.isDropped(root))
}

/** True for a table that stood for itself and becomes a partition. */
export const isJoining = ({ id }: Table, { before, isReplaced }: RuleContext): boolean => {
  const old = before.facts.get(id)
  return old?.kind === 'table' && old.payload.partitionOf === undefined && !isReplaced(id)
}

/** Says what the partitions' indexes are called once the index or key of their parent is there. */
export function namesOfNewIndex(root: Root, context: RuleContext): readonly Action[] {
  return partitionsOf(context.after, root.parent ?? '').flatMap((table) => {
    const name = table.payload.attached?.[root.id]
    // What a table brings along is said where it is attached.
    if (name === undefined || isJoining(table, context)) return []
    if (isPartial(root)) return makeAttached(table, root, name, context)
    return isOwnKey(context.after, table, name) ? [] : renameIndex(table, root, { from: undefined, to: name }, context, 'add')
  })
}

/**
 * Keys of partitions that an index shall find when it is made, so that it takes theirs and makes no other. One that does not reach every partition
 * finds all of them: a new one would get its own at once.
 */
export function foundByNew(root: Root, { after }: RuleContext): readonly FactId[] {
  return partitionsOf(after, root.parent ?? '').flatMap((table) => {
    if (isPartial(root)) return [table.id]
    const name = table.payload.attached?.[root.id]
    return childrenOf(after, table.id).flatMap((fact) => (fact.kind === 'constraint' && fact.name === name ? [fact.id] : []))
  })
}

/** Says what the indexes of a new partition are called, for indexes that its parents have already. */
export function namesOfNewPartition(table: Table, context: RuleContext): readonly Action[] {
  return rootsOf(context.after, table).flatMap((root) => {
    const name = table.payload.attached?.[root.id]
    if (name === undefined || context.isAdded(root.id)) return []
    if (isOwnKey(context.after, table, name)) return attachOwnKey(table, root, name)
    return renameIndex(table, root, { from: undefined, to: name }, context, 'add')
  })
}

/** The server has made an index for the parent's before the partition's own key was there. The new partition comes again without it. */
function attachOwnKey(table: Table, root: Root, name: string): readonly Action[] {
  const parent = objectName(table.payload.partitionOf?.table ?? '')
  const statements = [
    `ALTER TABLE ${parent} DETACH PARTITION ${objectName(table.id)}`,
    `DROP INDEX ${qualified(table.schema, givenName(table.name, root))}`,
    `ALTER TABLE ${parent} ATTACH PARTITION ${objectName(table.id)} ${table.payload.partitionOf?.bound ?? ''}`,
  ]
  return statements.map((sql) =>
    action(table, 'add', {
      sql,
      title: `let ${root.name} take ${name} of ${spoken(table)}`,
      lock: 'ACCESS EXCLUSIVE',
      consumes: [table.id, memberId('constraint', table.schema, table.name, name)],
      together: `own key ${table.id}`,
      weight: 29,
    }),
  )
}

/** What the indexes are called that a table brings along when it becomes a partition, by the parent's. */
export const namesBrought = (to: Table, given: readonly FactId[], context: RuleContext): ReadonlyMap<FactId, string> =>
  new Map(
    rootsOf(context.after, to).flatMap((root) => {
      const own = given.map((id) => context.before.facts.get(id)).find((fact) => fact !== undefined && meaningOf(fact) === meaningOf(root))
      return own === undefined ? [] : [[root.id, own.name] as const]
    }),
  )

/** `taken`: indexes that the table brought along when it was attached, by the parent's. */
export function namesOfPartition(from: Table, to: Table, taken: ReadonlyMap<FactId, string>, context: RuleContext): readonly Action[] {
  return rootsOf(context.after, to).flatMap((root) => {
    if (context.isAdded(root.id) ? !isJoining(to, context) : context.isDropped(root.id)) return []
    const before = taken.get(root.id) ?? from.payload.attached?.[root.id]
    const name = to.payload.attached?.[root.id]
    if (name === before || isOwnKey(context.after, to, name ?? '')) return []
    if (before !== undefined && name === undefined && before === givenName(to.name, root)) return []
    if (isPartial(root) && !isJoining(to, context) && before === undefined && name !== undefined)
      return makeAttached(to, root, name, context)
    return renameIndex(to, root, { from: before, to: name }, context, 'alter')
  })
}

/** Indexes that go on without that of the partition: no statement takes it out of them. */
export const rootsLeft = (from: Table, to: Table, { before, after }: Pick<RuleContext, 'before' | 'after'>): readonly FactId[] =>
  from.payload.partitionOf?.table !== to.payload.partitionOf?.table
    ? []
    : Object.keys(from.payload.attached ?? {}).filter((id) => {
        const [old, now] = [before.facts.get(id), after.facts.get(id)]
        return to.payload.attached?.[id] === undefined && [old, now].every((root) => root !== undefined && isRoot(root) && isPartial(root))
      })
