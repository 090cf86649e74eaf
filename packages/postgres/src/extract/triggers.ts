import { memberId, type Fact } from '@yama/schema'
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
  readonly definition: string
  readonly enabled: EnabledState
  readonly comment: string | null
}

/** Those of the server itself, and those that a partition has from its parent, belong to what brought them. */
export function triggersQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.tgrelid AS relation, n.nspname AS schema, c.relname AS table, t.tgname AS name, pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled, d.description AS comment
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't' AND NOT t.tgisinternal AND t.tgparentid = 0
    ORDER BY n.nspname, c.relname, t.tgname`
}

export function addTriggers(catalogue: Catalogue, rows: readonly TriggerRow[]): void {
  for (const row of rows) {
    const fact: Fact<'trigger'> = {
      kind: 'trigger',
      id: memberId('trigger', row.schema, row.table, row.name),
      schema: row.schema,
      name: row.name,
      payload: { definition: row.definition, ...given('enabled', ENABLED[row.enabled]), ...given('comment', row.comment) },
      dependsOn: [],
    }
    registerMember(catalogue, fact, row.relation, [address(CATALOGUE.trigger, row.oid)])
  }
}
