import { grantName, memberId, type AnyFact, type Fact, type GrantTarget } from '@yama/schema'
import { address, given, register, type Catalogue } from './catalogue.ts'
import type { Has, Presence } from './present.ts'
import { OWN_VIEWS, notOfExtension, ofExtension, type QueryScope } from './query-scope.ts'

export interface GrantRow {
  readonly classid: number
  readonly oid: number
  readonly on: GrantTarget
  readonly schema: string
  readonly name: string
  readonly object: string
  readonly column: string | null
  readonly to: string
  readonly by: string | null
  /** JSON texts. */
  readonly privileges: string
  readonly grantable: string
  readonly by_default: string
}

interface Part {
  /** Without it there is nothing to ask. */
  readonly needs?: Presence
  readonly catalogue: string
  /** Expressions over `o`. */
  readonly oid: string
  readonly on: string
  readonly schema: string
  readonly name: string
  readonly object: string
  readonly column?: string
  /** Number of the column, where the privileges are on one. */
  readonly number?: string
  readonly acl: string
  readonly normal: string
  readonly owner: string
  readonly from: string
  /** None for what is of the whole database. */
  readonly namespace?: string
  readonly where?: string
}

const qualifiedName = (name: string): string => `quote_ident(n.nspname) || '.' || quote_ident(${name})`

/** What is of no schema; `kind` is the letter that `acldefault` knows it by. */
const ofDatabase = (
  on: GrantTarget,
  catalogue: 'pg_foreign_data_wrapper' | 'pg_foreign_server' | 'pg_language',
  prefix: string,
  kind: string,
): Part => ({
  needs: `privileges ${catalogue}`,
  catalogue,
  oid: 'o.oid',
  on: `'${on}'`,
  schema: `''`,
  name: `'${on.replace(/^foreign server$/, 'server')} ' || o.${prefix}name`,
  object: `quote_ident(o.${prefix}name)`,
  acl: `o.${prefix}acl`,
  normal: `acldefault('${kind}', o.${prefix}owner)`,
  owner: `o.${prefix}owner`,
  from: `${catalogue} o`,
})

function parts(scope: QueryScope): readonly Part[] {
  const relation = {
    catalogue: 'pg_class',
    oid: 'o.oid',
    schema: 'n.nspname',
    name: 'o.relname',
    owner: 'o.relowner',
    object: qualifiedName('o.relname'),
    namespace: 'o.relnamespace',
  }
  const relations = `o.relpersistence <> 't'`
  return [
    {
      ...relation,
      needs: 'privileges pg_class',
      on: `CASE o.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END`,
      acl: 'o.relacl',
      normal: `acldefault(CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", o.relowner)`,
      from: 'pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace',
      where: relations,
    },
    {
      ...relation,
      needs: 'privileges pg_attribute',
      on: `'table'`,
      column: 'a.attname',
      number: 'a.attnum',
      acl: 'a.attacl',
      normal: `acldefault('c', o.relowner)`,
      from: 'pg_attribute a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace',
      where: `${relations} AND NOT a.attisdropped`,
    },
    {
      needs: 'privileges pg_proc',
      catalogue: 'pg_proc',
      oid: 'o.oid',
      on: `CASE o.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END`,
      schema: 'n.nspname',
      name: 'o.proname',
      object: `${qualifiedName('o.proname')} || '(' || coalesce((SELECT string_agg(format_type(k.t, NULL), ', ' ORDER BY k.o) FROM unnest(o.proargtypes::oid[]) WITH ORDINALITY k(t, o)), '') || ')'`,
      acl: 'o.proacl',
      normal: `acldefault('f', o.proowner)`,
      owner: 'o.proowner',
      from: 'pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace',
      namespace: 'o.pronamespace',
    },
    {
      needs: 'privileges pg_type',
      catalogue: 'pg_type',
      oid: 'o.oid',
      on: `CASE o.typtype WHEN 'd' THEN 'domain' ELSE 'type' END`,
      schema: 'n.nspname',
      name: 'o.typname',
      object: qualifiedName('o.typname'),
      acl: 'o.typacl',
      normal: `acldefault('T', o.typowner)`,
      owner: 'o.typowner',
      from: 'pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace',
      namespace: 'o.typnamespace',
    },
    {
      catalogue: 'pg_namespace',
      oid: 'n.oid',
      on: `'schema'`,
      schema: `''`,
      name: 'n.nspname',
      object: 'quote_ident(n.nspname)',
      acl: 'n.nspacl',
      // What initdb gave the schema public differs between versions, and is what is normal there; another owner takes the first one's place in it.
      normal: `coalesce((SELECT (SELECT array_agg(makeaclitem(CASE x.grantee WHEN x.grantor THEN n.nspowner ELSE x.grantee END, n.nspowner, x.privilege_type, x.is_grantable)) FROM aclexplode(i.initprivs) x) FROM pg_init_privs i WHERE i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND i.privtype = 'i'), acldefault('n', n.nspowner))`,
      owner: 'n.nspowner',
      from: 'pg_namespace n',
      namespace: 'n.oid',
    },
    ...(scope.whole
      ? [
          ofDatabase('foreign data wrapper', 'pg_foreign_data_wrapper', 'fdw', 'F'),
          ofDatabase('foreign server', 'pg_foreign_server', 'srv', 'S'),
          ofDatabase('language', 'pg_language', 'lan', 'l'),
        ]
      : []),
  ]
}

/**
 * Privileges that differ from what the server gives by itself, or the extension that an object belongs to. All that an object of the kind can have are
 * written ALL: there are more of them since 17.
 */
export function grantsQuery(scope: QueryScope, has: Has): string {
  // What the owner gave has no grantor worth a word, whoever that was when an extension came.
  const exploded = (acl: string, owner: string, grantor = '0::oid'): string =>
    `(SELECT x.grantee, ${grantor} AS grantor, array_agg(DISTINCT x.privilege_type ORDER BY x.privilege_type) AS p, array_agg(DISTINCT x.privilege_type ORDER BY x.privilege_type) FILTER (WHERE x.is_grantable AND x.grantee <> ${owner}) AS g
          FROM aclexplode(${acl}) x GROUP BY 1, 2)`
  return parts(scope)
    .filter(({ needs }) => needs === undefined || has(needs))
    .map((part) => {
      const isMember = ofExtension(part.catalogue, part.oid)
      const inScope = part.namespace === undefined ? `${part.oid} >= 16384` : `${part.namespace} IN (${scope.namespaces})`
      // An extension may have a schema of its own, which is no part of the scope.
      const where = [
        `${part.acl} IS NOT NULL`,
        ...(part.where === undefined ? [] : [part.where]),
        scope.whole ? `(${inScope} AND ${notOfExtension(part.catalogue, part.oid)} OR ${isMember})` : inScope,
      ].join(' AND ')
      const normal = `coalesce((SELECT i.initprivs FROM pg_init_privs i WHERE i.privtype = 'e' AND i.classoid = '${part.catalogue}'::regclass AND i.objoid = ${part.oid} AND i.objsubid = ${part.number ?? '0'}), ${part.normal})`
      const whole = `(SELECT w.p FROM ${exploded(part.normal, part.owner)} w WHERE w.grantee = ${part.owner})`
      const short = (list: string): string =>
        `coalesce(array_to_json(CASE WHEN ${list} = ${whole} THEN ARRAY['ALL'] ELSE ${list} END)::text, '[]')`
      return `SELECT '${part.catalogue}'::regclass::oid AS classid, ${part.oid} AS oid, (${part.on})::text AS "on", (${part.schema})::text AS schema, (${part.name})::text AS name, (${part.object})::text AS object,
        (${part.column ?? 'NULL'})::text AS "column", CASE WHEN r.grantee = 0 THEN 'PUBLIC' WHEN r.grantee = ${part.owner} THEN 'owner' ELSE pg_get_userbyid(r.grantee)::text END AS "to",
        CASE WHEN r.grantor <> 0 THEN pg_get_userbyid(r.grantor)::text END AS by, ${short('r.p')} AS privileges, ${short('r.g')} AS grantable, ${short('r.d')} AS by_default
      FROM ${part.from} CROSS JOIN LATERAL (SELECT coalesce(a.grantee, d.grantee) AS grantee, coalesce(a.grantor, d.grantor) AS grantor, a.p, a.g, d.p AS d
          FROM ${exploded(part.acl, part.owner, `CASE x.grantor WHEN ${part.owner} THEN 0::oid ELSE x.grantor END`)} a FULL JOIN ${exploded(normal, part.owner)} d ON d.grantee = a.grantee AND d.grantor = a.grantor WHERE a.p IS DISTINCT FROM d.p OR a.g IS NOT NULL) r
      WHERE ${where}`
    })
    .join('\n    UNION ALL\n    ')
}

/** A routine by its signature, where it is an extension's in the server's words. */
function hostName({ name, object }: GrantRow, host: AnyFact | undefined): string {
  if (host?.kind === 'function') return host.name
  return host?.kind === 'extension' && object.endsWith(')') ? `${name}${object.slice(object.lastIndexOf('('))}` : name
}

const list = (json: string): readonly string[] => JSON.parse(json) as string[]

/** Adds them under the object; what is on something that the scope leaves out is left out with it. */
export function addGrants(catalogue: Catalogue, rows: readonly GrantRow[]): void {
  for (const row of rows) {
    if (OWN_VIEWS.has(row.name)) continue
    const host = catalogue.byAddress.get(address(row.classid, row.oid))
    // `public` is no fact, and neither are the types that come with others.
    if (host === undefined && row.object !== 'public') continue
    const name = grantName(row.to, row.column, row.by)
    const fact: Fact<'grant'> = {
      kind: 'grant',
      id: memberId('grant', row.schema, hostName(row, host?.fact), name),
      schema: row.schema,
      name,
      ...(host?.fact === undefined ? {} : { parent: host.fact.id }),
      payload: {
        on: row.on,
        to: row.to,
        ...given('by', row.by),
        object: row.object,
        ...(row.column === null ? {} : { column: row.column }),
        privileges: list(row.privileges),
        grantable: list(row.grantable),
        byDefault: list(row.by_default),
      },
      dependsOn: [],
    }
    const node = register(catalogue, fact, [])
    if (host !== undefined) node.uses.push(host)
  }
}
