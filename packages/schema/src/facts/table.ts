import type { FactId } from './fact.ts'
import type { FactScope, KindFile } from './kind-file.ts'

/** A table without its columns: those are facts of their own. A partition or child has only those facts that its parent does not give it. */
export interface TablePayload {
  readonly comment?: string
  /** PostgreSQL: what its rows are spread over partitions by, as the server prints it: `RANGE (created_at)`. */
  readonly partitionBy?: string
  /** The table it is a partition of, and for which values: `FOR VALUES IN ('a')` or `DEFAULT`. */
  readonly partitionOf?: { readonly table: FactId; readonly bound: string }
  /**
   * Names of its own that a partition has for the indexes and foreign keys it has from its parents: by the id of the parent's index or key. Only where the server would
   * have taken another one, and for an index that does not reach every partition.
   */
  readonly attached?: Readonly<Record<FactId, string>>
  /** The tables it inherits from, in order. */
  readonly inherits?: readonly FactId[]
  /** What only this dialect knows, as the server prints it: `strict`, `withoutRowid`, `autoincrement`, `unlogged`, `fillfactor`. */
  readonly options: Readonly<Record<string, string | boolean>>
}

/** The tables whose columns a table has besides its own. */
export const parentsOf = ({ partitionOf, inherits }: TablePayload): readonly FactId[] => [
  ...(partitionOf === undefined ? [] : [partitionOf.table]),
  ...(inherits ?? []),
]

function columnsAbove({ partitionOf }: TablePayload, scope: FactScope): readonly FactId[] {
  const parent = partitionOf === undefined ? undefined : scope.base.facts.get(partitionOf.table)
  if (parent?.kind !== 'table') return []
  const own = scope.children(parent.id).flatMap(({ kind, id }) => (kind === 'column' ? [id] : []))
  return [...own, ...columnsAbove(parent.payload, scope)]
}

export const tableKind: KindFile<'table'> = {
  rename({ id, payload }, names) {
    const { partitionBy, partitionOf, attached, inherits } = payload
    return {
      ...payload,
      ...(partitionBy === undefined ? {} : { partitionBy: names.text(partitionBy, [id]) }),
      ...(partitionOf === undefined ? {} : { partitionOf: { ...partitionOf, table: names.id(partitionOf.table) } }),
      ...(attached === undefined
        ? {}
        : { attached: Object.fromEntries(Object.entries(attached).map(([index, name]) => [names.id(index), name])) }),
      ...(inherits === undefined ? {} : { inherits: inherits.map((each) => names.id(each)) }),
    }
  },
  // What a partition is partitioned by in turn are columns that its parents have.
  mentions: ({ payload }, scope) =>
    payload.partitionBy === undefined || payload.partitionOf === undefined
      ? parentsOf(payload)
      : [...parentsOf(payload), ...columnsAbove(payload, scope)],
  check: ({ payload }) =>
    payload.partitionOf !== undefined && payload.inherits !== undefined ? ['a partition inherits from nothing else'] : [],
}
