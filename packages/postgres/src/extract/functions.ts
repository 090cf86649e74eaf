import { objectId, type Fact, type FunctionPayload } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface FunctionRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: 'f' | 'p' | 'a' | 'w'
  readonly language: string
  readonly types: string
  readonly identity: string
  readonly definition: string
  readonly outline: string
  readonly defaults: number
  readonly comment: string | null
}

const procedure = (key: string, column: string): string => `'${key} = ' || nullif(${column}, 0)::regproc`

/** There is no `pg_get_functiondef` for an aggregate. */
const AGGREGATE = `'CREATE AGGREGATE ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') || E') (\\n  '
        || concat_ws(E',\\n  ', ${procedure('SFUNC', 'a.aggtransfn::oid')}, 'STYPE = ' || format_type(a.aggtranstype, NULL), 'SSPACE = ' || nullif(a.aggtransspace, 0),
          ${procedure('FINALFUNC', 'a.aggfinalfn::oid')}, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
          CASE WHEN a.aggfinalmodify <> (CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END)::"char" THEN 'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
          ${procedure('COMBINEFUNC', 'a.aggcombinefn::oid')}, ${procedure('SERIALFUNC', 'a.aggserialfn::oid')}, ${procedure('DESERIALFUNC', 'a.aggdeserialfn::oid')},
          'INITCOND = ' || quote_literal(a.agginitval), ${procedure('MSFUNC', 'a.aggmtransfn::oid')}, ${procedure('MINVFUNC', 'a.aggminvtransfn::oid')},
          'MSTYPE = ' || format_type(nullif(a.aggmtranstype, 0), NULL), 'MSSPACE = ' || nullif(a.aggmtransspace, 0),
          ${procedure('MFINALFUNC', 'a.aggmfinalfn::oid')}, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
          CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> (CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END)::"char" THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
          'MINITCOND = ' || quote_literal(a.aggminitval), 'SORTOP = OPERATOR(' || quote_ident(sn.nspname) || '.' || so.oprname || ')',
          CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END, CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END) || E'\\n)'`

/** The constructors that come with a range type belong to it. */
export function functionsQuery(scope: QueryScope): string {
  return `SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind AS kind, l.lanname AS language,
      coalesce((SELECT string_agg(format_type(k.t, NULL), ', ' ORDER BY k.o) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY k(t, o)), '') AS types,
      pg_get_function_identity_arguments(p.oid) AS identity,
      CASE WHEN p.prokind = 'a' THEN ${AGGREGATE} ELSE pg_get_functiondef(p.oid) END AS definition,
      coalesce((SELECT string_agg(concat_ws(' ', p.proargmodes[k.o], nullif(p.proargnames[k.o], ''), format_type(k.t, NULL)), ', ' ORDER BY k.o)
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY k(t, o)), '') || coalesce(' -> ' || pg_get_function_result(p.oid), '') AS outline,
      p.pronargdefaults::int AS defaults, d.description AS comment
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
      LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid LEFT JOIN pg_operator so ON so.oid = a.aggsortop LEFT JOIN pg_namespace sn ON sn.oid = so.oprnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
    WHERE p.pronamespace IN (${scope.namespaces}) AND ${notOfExtension('pg_proc', 'p.oid')}
      AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
    ORDER BY n.nspname, p.proname, p.oid`
}

const TYPES = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const

export function addFunctions(catalogue: Catalogue, rows: readonly FunctionRow[], admits: (schema: string, name: string) => boolean): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const name = `${row.name}(${row.types})`
    const fact: Fact<'function'> = {
      kind: 'function',
      id: objectId('function', row.schema, name),
      schema: row.schema,
      name,
      payload: functionPayload(row),
      dependsOn: [],
    }
    register(catalogue, fact, [address(CATALOGUE.procedure, row.oid)])
  }
}

function functionPayload(row: FunctionRow): FunctionPayload {
  // Only an aggregate tells its direct arguments from the others.
  const signature = row.kind === 'a' ? row.identity || '*' : row.types
  return {
    type: TYPES[row.kind],
    name: row.name,
    arguments: signature,
    definition: row.definition.trimEnd(),
    outline: row.outline,
    defaults: row.defaults,
    language: row.language,
    ...given('comment', row.comment),
  }
}
