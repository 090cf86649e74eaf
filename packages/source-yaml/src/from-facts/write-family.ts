import { type AnyFact, type Fact, type FactId, memberId, objectId, parentsOf, parseFactId } from '@yama/schema'
import type { WriteContext } from './write-context.ts'

type Table = Fact<'table'>

/** A partition about which there is nothing to say but its values: its parent lists it. */
export function isListed(table: Table, facts: ReadonlyMap<FactId, AnyFact>, hasMembers: (id: FactId) => boolean): boolean {
  const { partitionOf, partitionBy, attached, comment, options } = table.payload
  if (
    partitionOf === undefined ||
    partitionBy !== undefined ||
    attached !== undefined ||
    comment !== undefined ||
    Object.keys(options).length > 0
  )
    return false
  if (hasMembers(table.id) || facts.get(partitionOf.table)?.schema !== table.schema) return false
  for (const fact of facts.values()) {
    const reference = fact.kind === 'constraint' ? fact.payload.references : undefined
    if (reference !== undefined && objectId('table', reference.schema, reference.table) === table.id) return false
  }
  return true
}

const valuesOf = (bound: string): string => (bound === 'DEFAULT' ? 'default' : bound.replace(/^FOR VALUES /, ''))

const KEY = /^(RANGE|LIST|HASH) \((.*)\)$/s

/** `partition:`, `partitionOf:` and `inherits:` of an entity. `listed` are the partitions that it lists. */
export function familyValue(table: Table, listed: readonly Table[], context: WriteContext): Record<string, unknown> {
  const { partitionBy, partitionOf, attached, inherits } = table.payload
  const match = partitionBy === undefined ? null : KEY.exec(partitionBy)
  const fields = match?.[2]?.split(', ').map((column) => {
    const name = column.startsWith('"') ? column.slice(1, -1).replaceAll('""', '"') : column
    return context.fieldNames.get(memberId('column', table.schema, table.name, name))
  })
  const plain = fields !== undefined && fields.every((name) => name !== undefined)
  const partitions = Object.fromEntries(listed.map((each) => [each.name, valuesOf(each.payload.partitionOf?.bound ?? '')]))
  return {
    ...(match === null || match?.[1] === undefined
      ? {}
      : {
          partition: {
            by: match[1].toLowerCase(),
            ...(plain ? { fields } : { key: match[2] ?? '' }),
            ...(listed.length === 0 ? {} : { partitions }),
          },
        }),
    ...(partitionOf === undefined
      ? {}
      : {
          partitionOf: {
            entity: context.entityNames.get(partitionOf.table) ?? '',
            values: valuesOf(partitionOf.bound),
            ...(attached === undefined
              ? {}
              : { indexes: Object.fromEntries(Object.entries(attached).map(([index, name]) => [parseFactId(index).name, name])) }),
          },
        }),
    ...(inherits === undefined ? {} : { inherits: inherits.map((parent) => context.entityNames.get(parent) ?? '') }),
  }
}

/** Names of the fields that tables have from their parents, for keys and indexes of their own. */
export function inheritedFieldNames(
  tables: readonly Table[],
  names: ReadonlyMap<FactId, string>,
  { facts, children }: Pick<WriteContext, 'facts' | 'children'>,
): ReadonlyMap<FactId, string> {
  const all = new Map(names)
  const visit = (table: Table, parent: FactId): void => {
    const found = facts.get(parent)
    if (found?.kind !== 'table') return
    for (const column of children(parent, 'column')) {
      const own = memberId('column', table.schema, table.name, column.name)
      const name = names.get(column.id)
      if (!all.has(own) && name !== undefined) all.set(own, name)
    }
    for (const next of parentsOf(found.payload)) visit(table, next)
  }
  for (const table of tables) for (const parent of parentsOf(table.payload)) visit(table, parent)
  return all
}
