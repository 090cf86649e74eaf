import { CATALOGUE, address, register, type Catalogue } from './catalogue.ts'
import { OWN_VIEWS, notOfExtension, type QueryScope } from './query-scope.ts'

export interface UnmanagedRow {
  readonly classid: number
  readonly oid: number
  readonly kind: string
  readonly name: string
  readonly relation: number | null
  readonly definition: string | null
  readonly comment: string | null
}

/** The sentence for each word of the server; the words are those that people know from `CREATE …`. */
const reasonFor = (kind: string): string => {
  if (kind === 'grant') return 'Privileges are not part of the model.'
  if (kind === 'comment') return 'A comment at this place is not part of the model.'
  return `${/^[aeiou]/.test(kind) ? 'An' : 'A'} ${kind} is not part of the model.`
}

interface Part {
  readonly kind: string
  readonly catalogue: string
  readonly from: string
  readonly name: string
  readonly where: string
  readonly relation?: string
  readonly definition?: string
}

const named = (column: string): string => `n.nspname || '.' || ${column}`

/** Privileges as the server prints them, but for all of a table's: there are more of them since PostgreSQL 17. */
const privileges = (scope: QueryScope, acl: string): string => {
  const all = [...(scope.major >= 17 ? 'arwdDxtm' : 'arwdDxt')]
  return `replace(replace(array_to_string(${acl}, ', '), '=${all.join('')}/', '=ALL/'), '=${all.map((letter) => `${letter}*`).join('')}/', '=ALL*/')`
}

/** Members of a schema: `x` is the catalogue, `n` its namespace. */
const inSchema = (
  scope: QueryScope,
  kind: string,
  catalogue: string,
  prefix: string,
  name = `x.${prefix}name`,
  definition?: string,
): Part => ({
  kind: `'${kind}'`,
  catalogue,
  from: `${catalogue} x JOIN pg_namespace n ON n.oid = x.${prefix}namespace`,
  name: named(name),
  where: `x.${prefix}namespace IN (${scope.namespaces})`,
  ...(definition === undefined ? {} : { definition }),
})

/** Objects of the whole database. Where a scope names schemas they are left to whoever owns the database. */
const global = (kind: string, catalogue: string, prefix: string): Part => ({
  kind: `'${kind}'`,
  catalogue,
  from: `${catalogue} x`,
  name: `x.${prefix}name`,
  where: 'true',
})

/** Since 18 a NOT NULL is a constraint; what it has besides its column has no place in the model. */
const notNullPart = (onTable: string, tableIn: string): Part => ({
  kind: `CASE WHEN x.convalidated THEN 'NOT NULL without inheritance' ELSE 'NOT NULL that is not validated' END`,
  catalogue: 'pg_constraint',
  from: `pg_constraint x ${onTable.replace('%s', 'x.conrelid')}`,
  name: `${named('c.relname')} || '.' || x.conname`,
  where: `${tableIn} AND x.contype = 'n' AND (NOT x.convalidated OR x.connoinherit)`,
  relation: 'x.conrelid',
  definition: 'pg_get_constraintdef(x.oid)',
})

function parts(scope: QueryScope): readonly Part[] {
  const onTable = `JOIN pg_class c ON c.oid = %s JOIN pg_namespace n ON n.oid = c.relnamespace`
  const tableIn = `c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't'`
  return [
    {
      kind: `CASE x.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END`,
      catalogue: 'pg_proc',
      from: 'pg_proc x JOIN pg_namespace n ON n.oid = x.pronamespace',
      name: `${named('x.proname')} || '(' || pg_get_function_identity_arguments(x.oid) || ')'`,
      // The constructors that come with a range type belong to it.
      where: `x.pronamespace IN (${scope.namespaces}) AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = x.oid AND i.deptype = 'i')`,
      definition: `CASE WHEN x.prokind <> 'a' THEN pg_get_functiondef(x.oid) ELSE '' END || coalesce('-- ' || array_to_string(x.proacl, ', '), '')`,
    },
    {
      kind: `'trigger'`,
      catalogue: 'pg_trigger',
      from: `pg_trigger x ${onTable.replace('%s', 'x.tgrelid')}`,
      name: `${named('c.relname')} || '.' || x.tgname`,
      where: `${tableIn} AND NOT x.tgisinternal`,
      relation: 'x.tgrelid',
      definition: `pg_get_triggerdef(x.oid) || CASE x.tgenabled WHEN 'D' THEN ' -- disabled' WHEN 'R' THEN ' -- on replicas' WHEN 'A' THEN ' -- always' ELSE '' END`,
    },
    {
      kind: `'rule'`,
      catalogue: 'pg_rewrite',
      from: `pg_rewrite x ${onTable.replace('%s', 'x.ev_class')}`,
      name: `${named('c.relname')} || '.' || x.rulename`,
      where: `${tableIn} AND x.rulename <> '_RETURN'`,
      relation: 'x.ev_class',
      definition: 'pg_get_ruledef(x.oid)',
    },
    ...(scope.major >= 18 ? [notNullPart(onTable, tableIn)] : []),
    {
      kind: `'policy'`,
      catalogue: 'pg_policy',
      from: `pg_policy x ${onTable.replace('%s', 'x.polrelid')}`,
      name: `${named('c.relname')} || '.' || x.polname`,
      where: tableIn,
      relation: 'x.polrelid',
      definition: `'CREATE POLICY ' || quote_ident(x.polname) || ' ON ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || CASE WHEN x.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
        || CASE x.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
        || CASE WHEN x.polroles = '{0}' THEN '' ELSE ' TO ' || (SELECT string_agg(CASE WHEN m = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(m)) END, ', ') FROM unnest(x.polroles) m) END
        || coalesce(' USING (' || pg_get_expr(x.polqual, x.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(x.polwithcheck, x.polrelid) || ')', '')`,
    },
    {
      kind: `'grant'`,
      catalogue: 'pg_class',
      from: 'pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (SELECT 0 AS oid) x',
      name: named('c.relname'),
      where: `${tableIn} AND c.relacl IS NOT NULL AND c.relacl <> acldefault(CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char", c.relowner)`,
      relation: 'c.oid',
      definition: `'-- ' || ${privileges(scope, 'c.relacl')}`,
    },
    {
      kind: `'grant'`,
      catalogue: 'pg_class',
      from: 'pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (SELECT 0 AS oid) x',
      name: `${named('c.relname')} || '.' || a.attname`,
      where: `${tableIn} AND a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped`,
      relation: 'c.oid',
      definition: `'-- ' || array_to_string(a.attacl, ', ')`,
    },
    {
      kind: `'grant'`,
      catalogue: 'pg_namespace',
      from: 'pg_namespace n CROSS JOIN LATERAL (SELECT 0 AS oid) x',
      name: `'schema ' || n.nspname`,
      where: `n.oid IN (${scope.namespaces}) AND n.nspacl IS NOT NULL AND n.oid >= 16384 AND n.nspacl <> acldefault('n', n.nspowner)`,
      definition: `'-- ' || array_to_string(n.nspacl, ', ')`,
    },
    {
      kind: `'comment'`,
      catalogue: 'pg_namespace',
      from: `pg_namespace n CROSS JOIN LATERAL (SELECT 0 AS oid, obj_description(n.oid, 'pg_namespace') AS text) x`,
      name: `'schema public'`,
      where: `n.oid IN (${scope.namespaces}) AND n.nspname = 'public' AND x.text <> 'standard public schema'`,
      definition: `'COMMENT ON SCHEMA public IS ' || quote_literal(x.text)`,
    },
    {
      kind: `'publication table'`,
      catalogue: 'pg_publication_rel',
      from: `pg_publication_rel x JOIN pg_publication p ON p.oid = x.prpubid ${onTable.replace('%s', 'x.prrelid')}`,
      name: `p.pubname || ' of ' || ${named('c.relname')}`,
      where: tableIn,
      relation: 'x.prrelid',
      definition:
        scope.major >= 15
          ? `'-- ' || coalesce(x.prattrs::text, 'all columns') || coalesce(' where ' || pg_get_expr(x.prqual, x.prrelid), '')`
          : `'-- all columns'`,
    },
    {
      ...inSchema(scope, 'statistics object', 'pg_statistic_ext', 'stx', 'x.stxname', 'pg_get_statisticsobjdef(x.oid)'),
      relation: 'x.stxrelid',
    },
    inSchema(scope, 'collation', 'pg_collation', 'coll'),
    inSchema(scope, 'conversion', 'pg_conversion', 'con'),
    inSchema(
      scope,
      'operator',
      'pg_operator',
      'opr',
      `x.oprname || '(' || format_type(x.oprleft, NULL) || ', ' || format_type(x.oprright, NULL) || ')'`,
    ),
    inSchema(scope, 'operator class', 'pg_opclass', 'opc'),
    inSchema(scope, 'operator family', 'pg_opfamily', 'opf'),
    inSchema(scope, 'text search configuration', 'pg_ts_config', 'cfg'),
    inSchema(scope, 'text search dictionary', 'pg_ts_dict', 'dict'),
    inSchema(scope, 'text search parser', 'pg_ts_parser', 'prs'),
    inSchema(scope, 'text search template', 'pg_ts_template', 'tmpl'),
    global('event trigger', 'pg_event_trigger', 'evt'),
    global('foreign-data wrapper', 'pg_foreign_data_wrapper', 'fdw'),
    global('foreign server', 'pg_foreign_server', 'srv'),
    global('publication', 'pg_publication', 'pub'),
    global('language', 'pg_language', 'lan'),
    global('access method', 'pg_am', 'am'),
    { ...global('cast', 'pg_cast', 'cast'), name: `format_type(x.castsource, NULL) || ' AS ' || format_type(x.casttarget, NULL)` },
    {
      ...global('default privilege', 'pg_default_acl', 'defacl'),
      name: `pg_get_userbyid(x.defaclrole) || ' ' || coalesce(x.defaclnamespace::regnamespace::text, '*') || ' ' || x.defaclobjtype::text`,
      definition: `'-- ' || ${privileges(scope, 'x.defaclacl')}`,
    },
  ]
}

/** Everything the model does not carry, by name. */
export function unmanagedQuery(scope: QueryScope): string {
  const all = parts(scope)
    .map(
      (
        part,
      ) => `SELECT '${part.catalogue}'::regclass::oid AS classid, x.oid::oid AS oid, ${part.kind}::text AS kind, (${part.name})::text AS name,
      ${part.relation ?? 'NULL'}::oid AS relation, ${part.definition === undefined ? 'NULL' : `(${part.definition})`}::text AS definition
    FROM ${part.from} WHERE ${part.where} AND (x.oid = 0 OR x.oid >= 16384) AND ${notOfExtension(part.catalogue, 'x.oid')}`,
    )
    .join('\n    UNION ALL\n    ')
  return `SELECT u.*, d.description AS comment FROM (${all}) u LEFT JOIN pg_description d ON d.classoid = u.classid AND d.objoid = u.oid AND d.objsubid = 0 ORDER BY u.kind COLLATE "C", u.name COLLATE "C", u.oid`
}

export function addUnmanaged(catalogue: Catalogue, rows: readonly UnmanagedRow[]): void {
  for (const row of rows) {
    const host =
      row.relation === null || row.relation === 0 ? undefined : catalogue.byAddress.get(address(CATALOGUE.relation, row.relation))
    const hosted = row.relation !== null && row.relation !== 0
    // What sits on a table that the scope leaves out is left out with it.
    if (hosted && host === undefined) continue
    if (row.kind === 'grant' && OWN_VIEWS.has(row.name.slice(row.name.indexOf('.') + 1))) continue
    const table = host?.fact?.id
    const node = register(
      catalogue,
      {
        kind: row.kind,
        name: row.name,
        reason: reasonFor(row.kind),
        ...(table === undefined ? {} : { table }),
        ...(row.definition === null && row.comment === null
          ? {}
          : { definition: [row.definition ?? [], row.comment === null ? [] : `-- comment: ${row.comment}`].flat().join('\n') }),
      },
      row.oid === 0 ? [] : [address(row.classid, row.oid)],
    )
    if (host !== undefined) node.uses.push(host)
  }
}
