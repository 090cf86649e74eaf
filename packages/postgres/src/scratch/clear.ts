import type { Connection } from '@yama/core'
import type { Scope } from '@yama/schema'
import { notOfExtension, OWN_VIEWS, queryScope, scopeFilter, type QueryScope } from '../extract/query-scope.ts'
import { literal } from '../types/quoted.ts'

/** Every drop takes locks on the object and its parts; a server keeps room for a few thousand per transaction. */
const PER_TRANSACTION = 200

const relationDrop = `CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END`

/** Those of the whole database, where nobody else owns it. */
const OF_DATABASE = `UNION ALL
SELECT 0, '', e.evtname, 'DROP EVENT TRIGGER IF EXISTS ' || quote_ident(e.evtname) FROM pg_event_trigger e WHERE ${notOfExtension('pg_event_trigger', 'e.oid')}
UNION ALL
SELECT 0, '', p.pubname, 'DROP PUBLICATION IF EXISTS ' || quote_ident(p.pubname) FROM pg_publication p WHERE ${notOfExtension('pg_publication', 'p.oid')}
UNION ALL
SELECT 4, '', w.fdwname, 'DROP FOREIGN DATA WRAPPER IF EXISTS ' || quote_ident(w.fdwname) || ' CASCADE' FROM pg_foreign_data_wrapper w
WHERE w.oid >= 16384 AND ${notOfExtension('pg_foreign_data_wrapper', 'w.oid')}
UNION ALL
SELECT 0, '', '', 'DROP CAST IF EXISTS (' || format_type(k.castsource, NULL) || ' AS ' || format_type(k.casttarget, NULL) || ') CASCADE' FROM pg_cast k
WHERE k.oid >= 16384 AND ${notOfExtension('pg_cast', 'k.oid')} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_cast'::regclass AND i.objid = k.oid AND i.deptype = 'i')
UNION ALL
SELECT 0, '', '', 'DROP TRANSFORM IF EXISTS FOR ' || format_type(f.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname) || ' CASCADE' FROM pg_transform f JOIN pg_language l ON l.oid = f.trflang
WHERE f.oid >= 16384 AND ${notOfExtension('pg_transform', 'f.oid')}
UNION ALL
SELECT 4, '', l.lanname, 'DROP LANGUAGE IF EXISTS ' || quote_ident(l.lanname) || ' CASCADE' FROM pg_language l WHERE l.oid >= 16384 AND ${notOfExtension('pg_language', 'l.oid')}
UNION ALL
SELECT 4, '', m.amname, 'DROP ACCESS METHOD IF EXISTS ' || quote_ident(m.amname) || ' CASCADE' FROM pg_am m WHERE m.oid >= 16384 AND ${notOfExtension('pg_am', 'm.oid')}
`

/** Kinds that are named in a schema, and what stands behind the name. */
const named = (phase: number, word: string, catalogue: string, prefix: string, behind = "''", where = 'true'): string => `UNION ALL
SELECT ${phase}, n.nspname, o.${prefix}name, 'DROP ${word} IF EXISTS ' || quote_ident(n.nspname) || '.' || ${word === 'OPERATOR' ? '' : 'quote_ident'}(o.${prefix}name) || ${behind} || ' CASCADE'
FROM ${catalogue} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace WHERE o.${prefix}namespace IN (SELECT oid FROM ns) AND ${where} AND ${notOfExtension(catalogue, 'o.oid')}
`
const typeOrNone = (column: string): string => `CASE ${column} WHEN 0 THEN 'NONE' ELSE format_type(${column}, NULL) END`
const OF_SCHEMA = [
  named(3, 'COLLATION', 'pg_collation', 'coll'),
  named(3, 'CONVERSION', 'pg_conversion', 'con'),
  named(1, 'TEXT SEARCH CONFIGURATION', 'pg_ts_config', 'cfg'),
  named(1, 'TEXT SEARCH DICTIONARY', 'pg_ts_dict', 'dict'),
  named(1, 'TEXT SEARCH TEMPLATE', 'pg_ts_template', 'tmpl'),
  named(1, 'TEXT SEARCH PARSER', 'pg_ts_parser', 'prs'),
  named(2, 'OPERATOR FAMILY', 'pg_opfamily', 'opf', "' USING ' || (SELECT quote_ident(m.amname) FROM pg_am m WHERE m.oid = o.opfmethod)"),
  named(
    2,
    'OPERATOR',
    'pg_operator',
    'opr',
    `' (' || ${typeOrNone('o.oprleft')} || ', ' || ${typeOrNone('o.oprright')} || ')'`,
    'o.oprcode::oid <> 0',
  ),
].join('')

/** Each object of the namespaces as its DROP statement; IF EXISTS, because CASCADE may have taken it already. */
function dropsQuery({ namespaces, whole }: QueryScope): string {
  const views = [...OWN_VIEWS].map((name) => literal(name)).join(', ')
  return `WITH ns AS (${namespaces})
SELECT 1 AS phase, n.nspname AS schema, c.relname AS name, 'DROP ' || ${relationDrop} || ' IF EXISTS ' || c.oid::regclass || ' CASCADE' AS drop
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace IN (SELECT oid FROM ns) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT c.relispartition AND ${notOfExtension('pg_class', 'c.oid')}
  AND NOT (c.relkind = 'v' AND c.relname IN (${views}))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'i')
UNION ALL
SELECT 2, n.nspname, p.proname, 'DROP ' || CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END || ' IF EXISTS ' || p.oid::regprocedure || ' CASCADE'
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.pronamespace IN (SELECT oid FROM ns) AND ${notOfExtension('pg_proc', 'p.oid')}
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
UNION ALL
SELECT 3, n.nspname, t.typname, 'DROP TYPE IF EXISTS ' || t.oid::regtype || ' CASCADE'
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace IN (SELECT oid FROM ns) AND (t.typtype IN ('e', 'd', 'r', 'b') OR NOT t.typisdefined OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_type el WHERE el.typarray = t.oid) AND ${notOfExtension('pg_type', 't.oid')}
${OF_SCHEMA}${whole ? OF_DATABASE : ''}UNION ALL
SELECT 4, n.nspname, e.extname, 'DROP EXTENSION IF EXISTS ' || quote_ident(e.extname) || ' CASCADE'
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extnamespace IN (SELECT oid FROM ns)
UNION ALL
SELECT 5, n.nspname, '', 'DROP SCHEMA IF EXISTS ' || quote_ident(n.nspname) || ' CASCADE'
FROM pg_namespace n WHERE n.oid IN (SELECT oid FROM ns) AND n.nspname <> 'public'
ORDER BY phase, schema, name`
}

/**
 * Removes every object that the scope names, extensions and other schemas than `public` included where the scope has no
 * patterns. What belongs to Yama stays. Not one transaction: a large schema has more objects than a transaction can lock.
 * Rejects with the server's failure.
 */
export async function clear(connection: Connection, scope: Scope): Promise<void> {
  const admits = scopeFilter(scope)
  const everything = scope.include.length === 0 && scope.exclude.length === 0
  const { rows } = await connection.execute(dropsQuery(queryScope(scope, connection.server.major)))
  const drops = rows
    .filter(({ phase, schema, name }) => everything || (Number(phase) > 0 && Number(phase) < 4 && admits(String(schema), String(name))))
    .map(({ drop }) => ({ sql: String(drop) }))
  for (let at = 0; at < drops.length; at += PER_TRANSACTION) {
    const quiet = [{ sql: 'SET LOCAL client_min_messages = warning' }]
    await connection.batch([...quiet, ...drops.slice(at, at + PER_TRANSACTION)], { transaction: true })
  }
}
