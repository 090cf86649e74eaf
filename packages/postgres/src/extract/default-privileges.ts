import { objectId, type DefaultPrivilegePayload, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import type { QueryScope } from './query-scope.ts'

export interface DefaultPrivilegeRow {
  readonly by: string
  readonly namespace: number
  readonly schema: string | null
  readonly on: 'r' | 'S' | 'f' | 'T' | 'n' | 'L'
  readonly to: string
  /** JSON texts. */
  readonly privileges: string
  readonly grantable: string
  readonly by_default: string
}

const EXPLODED = (acl: string): string =>
  `(SELECT x.grantee, array_agg(DISTINCT x.privilege_type ORDER BY x.privilege_type) AS p, array_agg(DISTINCT x.privilege_type ORDER BY x.privilege_type) FILTER (WHERE x.is_grantable AND x.grantee <> a.defaclrole) AS g FROM aclexplode(${acl}) x GROUP BY x.grantee)`
/** Those of a schema come on top of the others, so nothing is normal there. */
const NORMAL = `CASE WHEN a.defaclnamespace = 0 THEN acldefault(CASE a.defaclobjtype WHEN 'S' THEN 's' ELSE a.defaclobjtype END::"char", a.defaclrole) ELSE acldefault('c', a.defaclrole) END`
const ALL = `(SELECT array_agg(DISTINCT w.privilege_type ORDER BY w.privilege_type) FROM aclexplode(acldefault(CASE a.defaclobjtype WHEN 'S' THEN 's' ELSE a.defaclobjtype END::"char", a.defaclrole)) w WHERE w.grantee = a.defaclrole)`
const short = (list: string): string => `coalesce(array_to_json(CASE WHEN ${list} = ${ALL} THEN ARRAY['ALL'] ELSE ${list} END)::text, '[]')`

export function defaultPrivilegesQuery(scope: QueryScope): string {
  return `SELECT pg_get_userbyid(a.defaclrole)::text AS by, a.defaclnamespace AS namespace, n.nspname AS schema, a.defaclobjtype AS "on",
      CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r.grantee)::text END AS "to", ${short('r.p')} AS privileges, ${short('r.g')} AS grantable, ${short('r.d')} AS by_default
    FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
      CROSS JOIN LATERAL (SELECT coalesce(f.grantee, d.grantee) AS grantee, f.p, f.g, d.p AS d FROM ${EXPLODED('a.defaclacl')} f FULL JOIN ${EXPLODED(NORMAL)} d ON d.grantee = f.grantee
        WHERE f.p IS DISTINCT FROM d.p OR f.g IS NOT NULL) r
    WHERE a.defaclobjtype IN ('r', 'S', 'f', 'T', 'n', 'L') AND (a.defaclnamespace IN (${scope.namespaces}) OR a.defaclnamespace = 0 AND ${String(scope.whole)})
    ORDER BY 1, 3, 4, 5`
}

const KINDS = { r: 'tables', S: 'sequences', f: 'functions', T: 'types', n: 'schemas', L: 'large objects' } as const satisfies Record<
  DefaultPrivilegeRow['on'],
  DefaultPrivilegePayload['on']
>
const list = (json: string): readonly string[] => JSON.parse(json) as string[]

export function addDefaultPrivileges(catalogue: Catalogue, rows: readonly DefaultPrivilegeRow[]): void {
  for (const row of rows) {
    const name = `${row.by} ${row.schema ?? '*'} ${KINDS[row.on]} ${row.to}`
    const fact: Fact<'defaultPrivilege'> = {
      kind: 'defaultPrivilege',
      id: objectId('defaultPrivilege', '', name),
      schema: '',
      name,
      payload: {
        by: row.by,
        ...given('inSchema', row.schema),
        on: KINDS[row.on],
        to: row.to,
        privileges: list(row.privileges),
        grantable: list(row.grantable),
        byDefault: list(row.by_default),
      },
      dependsOn: [],
    }
    const node = register(catalogue, fact, [])
    const home = catalogue.byAddress.get(address(CATALOGUE.namespace, row.namespace))
    if (home !== undefined) node.uses.push(home)
  }
}
