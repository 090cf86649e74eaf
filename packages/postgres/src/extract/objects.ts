import { objectId, ownName, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { NOTHING, type Has } from './present.ts'
import { databaseParts, schemaParts, type ObjectPart, type RarePart } from './object-parts.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface ObjectRow {
  readonly classid: number
  readonly oid: number
  readonly type: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly definition: string
  /** JSON text of a mapping. */
  readonly options: string | null
  readonly version: string | null
  readonly comment: string | null
  /** JSON text of a mapping: comments by column. */
  readonly columns: string | null
}

/** Options with a secret are not even read. */
const SECRET = `'(pass(word|wd|file|phrase)?$|secret|token|credential|private|sslkey|api_?key)'`
const options = (column: string): string =>
  `(SELECT json_object_agg(o.option_name, o.option_value ORDER BY o.option_name)::text FROM pg_options_to_table(${column}) o WHERE o.option_name !~* ${SECRET})`
const optionClause = (column: string): string =>
  `coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) FROM pg_options_to_table(${column}) o WHERE o.option_name !~* ${SECRET}) || ')', '')`

function collations(scope: QueryScope): RarePart {
  const locale =
    scope.major >= 17 ? 'x.colllocale' : scope.major >= 15 ? 'x.colliculocale' : `CASE x.collprovider WHEN 'i' THEN x.collcollate END`
  const rules = scope.major >= 16 ? `'rules = ' || quote_literal(x.collicurules)` : 'NULL'
  const libc = (text: string): string => `CASE WHEN x.collprovider = 'c' THEN ${text} END`
  return {
    catalogue: 'pg_collation',
    schema: 'n.nspname',
    name: `'collation ' || x.collname`,
    definition: `'CREATE COLLATION ' || quote_ident(n.nspname) || '.' || quote_ident(x.collname) || ' (' || concat_ws(', ',
        'provider = ' || CASE x.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'default' END,
        CASE WHEN NOT x.collisdeterministic THEN 'deterministic = false' END, ${libc(`CASE WHEN x.collcollate = x.collctype THEN 'locale = ' || quote_literal(x.collcollate)
          ELSE 'lc_collate = ' || quote_literal(x.collcollate) || ', lc_ctype = ' || quote_literal(x.collctype) END`)},
        'locale = ' || quote_literal(${locale}), ${rules}) || ')'`,
    from: 'pg_collation x JOIN pg_namespace n ON n.oid = x.collnamespace',
    where: `x.collnamespace IN (${scope.namespaces})`,
  }
}

const COLUMNS = `SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || ${optionClause('a.attfdwoptions')}
        || coalesce((SELECT ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type ty ON ty.oid = a.atttypid WHERE co.oid = a.attcollation AND co.oid <> ty.typcollation), '')
        || coalesce(CASE WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(v.adbin, v.adrelid) ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(v.adbin, v.adrelid) || ') STORED' END, '')
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, E',\\n  ' ORDER BY a.attnum)
      FROM pg_attribute a LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum WHERE a.attrelid = x.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attislocal`
const CHECKS = `SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), E',\\n  ' ORDER BY k.conname COLLATE "C") FROM pg_constraint k WHERE k.conrelid = x.oid AND k.contype = 'c' AND k.conislocal`
const PARENTS = `SELECT string_agg(quote_ident(pn.nspname) || '.' || quote_ident(pc.relname), ', ' ORDER BY i.inhseqno) FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = x.oid`

const foreignTables = (scope: QueryScope): ObjectPart => ({
  catalogue: 'pg_class',
  schema: 'n.nspname',
  name: `'foreign table ' || x.relname`,
  type: 'x.reltype',
  columns: `(SELECT json_object_agg(a.attname, d.description ORDER BY a.attnum)::text FROM pg_description d JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
        WHERE d.classoid = 'pg_class'::regclass AND d.objoid = x.oid AND d.objsubid > 0)`,
  definition: `'CREATE FOREIGN TABLE ' || quote_ident(n.nspname) || '.' || quote_ident(x.relname)
        || CASE WHEN x.relispartition THEN ' PARTITION OF ' || (${PARENTS}) || coalesce(E' (\\n  ' || (${CHECKS}) || E'\\n)', '') || ' ' || pg_get_expr(x.relpartbound, x.oid)
           ELSE E' (\\n  ' || concat_ws(E',\\n  ', (${COLUMNS}), (${CHECKS})) || E'\\n)' || coalesce(' INHERITS (' || (${PARENTS}) || ')', '') END
        || ' SERVER ' || quote_ident(s.srvname) || ${optionClause('f.ftoptions')}`,
  from: 'pg_class x JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_foreign_table f ON f.ftrelid = x.oid JOIN pg_foreign_server s ON s.oid = f.ftserver',
  where: `x.relkind = 'f' AND x.relnamespace IN (${scope.namespaces})`,
})

/** They are of the whole database: where a scope names schemas they are left to whoever owns the database. */
const ofDatabase = (scope: QueryScope): readonly RarePart[] => [
  {
    catalogue: 'pg_foreign_data_wrapper',
    name: `'foreign data wrapper ' || x.fdwname`,
    definition: `'CREATE FOREIGN DATA WRAPPER ' || quote_ident(x.fdwname) || coalesce(' HANDLER ' || nullif(x.fdwhandler, 0)::regproc, '') || coalesce(' VALIDATOR ' || nullif(x.fdwvalidator, 0)::regproc, '')`,
    options: options('x.fdwoptions'),
    from: 'pg_foreign_data_wrapper x',
    where: String(scope.whole),
  },
  {
    catalogue: 'pg_foreign_server',
    name: `'server ' || x.srvname`,
    definition: `'CREATE SERVER ' || quote_ident(x.srvname) || coalesce(' TYPE ' || quote_literal(x.srvtype), '') || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)`,
    options: options('x.srvoptions'),
    version: 'x.srvversion',
    from: 'pg_foreign_server x JOIN pg_foreign_data_wrapper w ON w.oid = x.srvfdw',
    where: String(scope.whole),
  },
]

/** The view shows a mapping's options only to those who may see them. */
const mappings = (
  scope: QueryScope,
): string => `SELECT 'pg_user_mapping'::regclass::oid AS classid, x.umid AS oid, 0::oid AS type, 0::oid AS array, '' AS schema,
      'user mapping for ' || x.usename || ' server ' || x.srvname AS name,
      'CREATE USER MAPPING FOR ' || CASE x.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(x.usename) END || ' SERVER ' || quote_ident(x.srvname) AS definition,
      ${options('x.umoptions')} AS options, NULL AS version, NULL AS comment, NULL AS columns
    FROM pg_user_mappings x WHERE ${String(scope.whole)} AND ${notOfExtension('pg_user_mapping', 'x.umid')}`

export function objectsQuery(scope: QueryScope, has: Has): string {
  const there = [collations(scope), ...schemaParts(scope), ...databaseParts(scope), ...ofDatabase(scope)].filter((part) =>
    has(part.catalogue),
  )
  const parts = [...there, ...(has('relation f') ? [foreignTables(scope)] : [])].map(
    (
      part,
    ) => `SELECT '${part.catalogue}'::regclass::oid AS classid, x.oid, ${part.type ?? '0'}::oid AS type, coalesce((SELECT t.typarray FROM pg_type t WHERE t.oid = ${part.type ?? '0'}), 0)::oid AS array,
      (${part.schema ?? "''"})::text AS schema, (${part.name})::text AS name, (${part.definition})::text AS definition, ${part.options ?? 'NULL'}::text AS options, ${part.version ?? 'NULL'}::text AS version,
      obj_description(x.oid, '${part.catalogue}') AS comment, ${part.columns ?? 'NULL'}::text AS columns
    FROM ${part.from} WHERE ${part.where} AND x.oid >= 16384 AND ${notOfExtension(part.catalogue, 'x.oid')}`,
  )
  const all = has('pg_foreign_server') ? [...parts, mappings(scope)] : parts
  if (all.length === 0) return NOTHING
  return `SELECT * FROM (${all.join('\n    UNION ALL\n    ')}) o ORDER BY o.schema COLLATE "C", o.name COLLATE "C"`
}

export function addObjects(catalogue: Catalogue, rows: readonly ObjectRow[], admits: (schema: string, name: string) => boolean): void {
  for (const row of rows) {
    if (row.schema !== '' && !admits(row.schema, ownName(row.name))) continue
    const fact: Fact<'object'> = {
      kind: 'object',
      id: objectId('object', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        definition: row.definition,
        ...given('options', row.options === null ? null : (JSON.parse(row.options) as Record<string, string>)),
        ...given('version', row.version),
        ...given('comment', row.comment),
        ...given('columns', row.columns === null ? null : (JSON.parse(row.columns) as Record<string, string>)),
      },
      dependsOn: [],
    }
    const types = [row.type, row.array].filter((oid) => Number(oid) !== 0).map((oid) => address(CATALOGUE.type, oid))
    register(catalogue, fact, [address(row.classid, row.oid), ...types])
  }
}
