import { memberId, type Fact, type TriggerPayload } from '@yama/schema'
import { CATALOGUE, address, given, type Catalogue } from './catalogue.ts'
import { registerMember } from './members.ts'
import { ENABLED, type EnabledState } from './enabled-state.ts'
import type { QueryScope } from './query-scope.ts'

export interface TriggerRow {
  readonly oid: number
  readonly relation: number
  readonly schema: string
  readonly table: string
  readonly name: string
  /** The one that it is a copy of on a partition, or 0. */
  readonly above: number
  /** Not of a copy. */
  readonly definition: string | null
  readonly enabled: EnabledState
  readonly comment: string | null
}

/** Those of the server itself belong to what brought them, and the copies that partitions have to the one of their parent; before 15 these are the server's own as well. */
export function triggersQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.tgrelid AS relation, n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgparentid AS above, CASE t.tgparentid WHEN 0 THEN pg_get_triggerdef(t.oid) END AS definition, t.tgenabled AS enabled, d.description AS comment
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't' AND (NOT t.tgisinternal OR t.tgparentid <> 0 AND t.tgconstraint = 0)
    ORDER BY n.nspname, c.relname, t.tgname`
}

export function addTriggers(catalogue: Catalogue, rows: readonly TriggerRow[]): void {
  const partitions = otherwiseOnPartitions(catalogue, rows)
  for (const row of rows) {
    if (row.definition === null) continue
    const fact: Fact<'trigger'> = {
      kind: 'trigger',
      id: memberId('trigger', row.schema, row.table, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        definition: row.definition,
        ...given('enabled', ENABLED[row.enabled]),
        ...given('partitions', partitions.get(row.oid)),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    registerMember(catalogue, fact, row.relation, [address(CATALOGUE.trigger, row.oid)])
  }
}

/** By the trigger of the partitioned table: the partitions whose copies fire otherwise than it does. */
function otherwiseOnPartitions(catalogue: Catalogue, rows: readonly TriggerRow[]): ReadonlyMap<number, TriggerPayload['partitions']> {
  const byOid = new Map(rows.map((row) => [row.oid, row]))
  const found = new Map<number, Record<string, NonNullable<TriggerPayload['partitions']>[string]>>()
  for (const row of rows) {
    if (row.above === 0) continue
    let root: TriggerRow | undefined = row
    while (root !== undefined && root.above !== 0) root = byOid.get(root.above)
    const table = catalogue.relations.get(row.relation)
    if (root === undefined || table === undefined || root.enabled === row.enabled) continue
    found.set(root.oid, { ...found.get(root.oid), [table.id]: ENABLED[row.enabled] ?? 'enabled' })
  }
  return found
}
