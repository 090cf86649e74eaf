import { memberId, type Fact } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, type Catalogue } from './catalogue.ts'
import { completeRowNames, rowNames, type RowNames } from './complete-row-names.ts'
import { registerMember } from './members.ts'
import type { QueryScope } from './query-scope.ts'

export interface PolicyRow {
  readonly oid: number
  readonly relation: number
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly permissive: boolean
  readonly command: '*' | 'r' | 'a' | 'w' | 'd'
  /** JSON text. */
  readonly roles: string
  readonly using: string | null
  readonly check: string | null
  readonly comment: string | null
}

export function policiesQuery(scope: QueryScope): string {
  return `SELECT p.oid, p.polrelid AS relation, n.nspname AS schema, c.relname AS table, p.polname AS name, p.polpermissive AS permissive, p.polcmd AS command,
      coalesce((SELECT json_agg(r.rolname ORDER BY r.rolname COLLATE "C")::text FROM pg_roles r WHERE r.oid = ANY (p.polroles)), '[]') AS roles,
      pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS "check", d.description AS comment
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't'
    ORDER BY n.nspname, c.relname, p.polname`
}

const COMMANDS = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' } as const

export function addPolicies(catalogue: Catalogue, rows: readonly PolicyRow[]): void {
  let known: RowNames | undefined
  const condition = (text: string): string => completeRowNames(canonicalExpression(text), () => (known ??= rowNames(catalogue)))
  for (const row of rows) {
    const fact: Fact<'policy'> = {
      kind: 'policy',
      id: memberId('policy', row.schema, row.table, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        permissive: row.permissive,
        command: COMMANDS[row.command],
        roles: JSON.parse(row.roles) as string[],
        ...given('using', row.using === null ? null : condition(row.using)),
        ...given('check', row.check === null ? null : condition(row.check)),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    registerMember(catalogue, fact, row.relation, [address(CATALOGUE.policy, row.oid)])
  }
}
