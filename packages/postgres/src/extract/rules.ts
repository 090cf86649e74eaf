import { memberId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, type Catalogue } from './catalogue.ts'
import { ENABLED, type EnabledState } from './enabled-state.ts'
import { registerMember } from './members.ts'
import type { QueryScope } from './query-scope.ts'

export interface RuleRow {
  readonly oid: number
  readonly relation: number
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly definition: string
  readonly enabled: EnabledState
  readonly comment: string | null
}

/** The rule that makes a view a view is the view. */
export function rulesQuery(scope: QueryScope): string {
  return `SELECT r.oid, r.ev_class AS relation, n.nspname AS schema, c.relname AS table, r.rulename AS name, pg_get_ruledef(r.oid) AS definition, r.ev_enabled AS enabled, d.description AS comment
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't' AND r.rulename <> '_RETURN'
    ORDER BY n.nspname, c.relname, r.rulename`
}

export function addRules(catalogue: Catalogue, rows: readonly RuleRow[]): void {
  for (const row of rows) {
    const fact: Fact<'rule'> = {
      kind: 'rule',
      id: memberId('rule', row.schema, row.table, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        definition: row.definition.trim().replace(/;$/, ''),
        ...given('enabled', ENABLED[row.enabled]),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    registerMember(catalogue, fact, row.relation, [address(CATALOGUE.rewrite, row.oid)])
  }
}
