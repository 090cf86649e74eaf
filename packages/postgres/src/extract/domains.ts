import { objectId, type DomainCheck, type DomainPayload, type Fact } from '@yama/schema'
import { defaultNotNullName, isServerNotNullName } from '../types/default-name.ts'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface DomainRow {
  readonly oid: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly type: string
  readonly not_null: boolean
  readonly not_null_oid: number | null
  readonly not_null_name: string | null
  readonly not_null_comment: string | null
  readonly default: string | null
  readonly collation: string | null
  /** JSON text: per check `[oid, name, expression, validated, comment]`. */
  readonly checks: string
  readonly comment: string | null
}

/** A NOT NULL is an attribute of the domain, which PostgreSQL keeps as a constraint since 17. */
export function domainsQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.typarray AS array, n.nspname AS schema, t.typname AS name, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS not_null, nn.oid AS not_null_oid, nn.conname AS not_null_name, obj_description(nn.oid, 'pg_constraint') AS not_null_comment,
      coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) AS "default",
      CASE WHEN t.typcollation <> b.typcollation THEN CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) END AS "collation",
      coalesce((SELECT json_agg(json_build_array(k.oid, k.conname, pg_get_expr(k.conbin, 0), k.convalidated, obj_description(k.oid, 'pg_constraint')) ORDER BY k.conname COLLATE "C")::text
        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '[]') AS checks, obj_description(t.oid, 'pg_type') AS comment
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
      LEFT JOIN pg_constraint nn ON nn.contypid = t.oid AND nn.contype = 'n'
      LEFT JOIN pg_collation co ON co.oid = t.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    WHERE t.typnamespace IN (${scope.namespaces}) AND t.typtype = 'd' AND ${notOfExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`
}

type CheckRow = readonly [oid: number, name: string, expression: string, validated: boolean, comment: string | null]

/** A name as the server makes them says nothing, unless a comment hangs on it. */
function notNullParts({
  name,
  not_null_name: own,
  not_null_comment: comment,
}: DomainRow): Pick<DomainPayload, 'notNullName' | 'notNullComment'> {
  const says = own !== null && (comment === null ? !isServerNotNullName(own) : own !== defaultNotNullName(name, ''))
  return { ...given('notNullName', says ? own : null), ...given('notNullComment', comment) }
}

export function addDomains(catalogue: Catalogue, rows: readonly DomainRow[], admits: (schema: string, name: string) => boolean): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const checks = JSON.parse(row.checks) as readonly CheckRow[]
    const fact: Fact<'domain'> = {
      kind: 'domain',
      id: objectId('domain', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        type: row.type,
        notNull: row.not_null,
        ...notNullParts(row),
        ...given('default', row.default === null ? null : canonicalExpression(row.default)),
        ...given('collation', row.collation),
        checks: checks.map(([, name, expression, validated, comment]): DomainCheck => ({
          name,
          expression: canonicalExpression(expression),
          ...given('notValid', !validated),
          ...given('comment', comment),
        })),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    const addresses = [address(CATALOGUE.type, row.oid), ...checks.map(([oid]) => address(CATALOGUE.constraint, oid))]
    if (row.not_null_oid !== null) addresses.push(address(CATALOGUE.constraint, row.not_null_oid))
    if (row.array !== 0) addresses.push(address(CATALOGUE.type, row.array))
    register(catalogue, fact, addresses)
  }
}
