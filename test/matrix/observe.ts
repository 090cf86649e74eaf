import type { Connection } from '@yama/core'

const own = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'yama', 'pg_toast') AND n.nspname NOT LIKE 'pg\\_%'`
const shown = `${own} AND c.relname NOT IN ('yama_history', 'yama_current_version', 'yama_lock')`
const relation = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/** What the server prints of everything that entities can say. Column order is not compared. */
const POSTGRES = `
SELECT concat_ws(' | ', 'relation', c.relkind, ${relation}, c.reloptions::text, obj_description(c.oid, 'pg_class'), CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END) AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'p') AND ${shown}
UNION ALL
SELECT concat_ws(' | ', 'column', ${relation}, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END, col_description(c.oid, a.attnum))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND ${shown}
UNION ALL
SELECT concat_ws(' | ', 'constraint', ${relation}, o.conname, pg_get_constraintdef(o.oid), o.condeferred, o.convalidated, obj_description(o.oid, 'pg_constraint'))
FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE o.contype <> 'n' AND ${shown}
UNION ALL
SELECT concat_ws(' | ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, obj_description(i.indexrelid, 'pg_class'))
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'm') AND ${shown}
UNION ALL
SELECT concat_ws(' | ', 'enum', quote_ident(n.nspname) || '.' || quote_ident(t.typname), (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), obj_description(t.oid, 'pg_type'))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND ${own}
UNION ALL
SELECT concat_ws(' | ', 'sequence', ${relation}, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, (SELECT string_agg(d.deptype || d.refobjid::regclass || d.refobjsubid, ',') FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND d.deptype = 'i'))
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${shown}
UNION ALL
SELECT concat_ws(' | ', 'trigger', pg_get_triggerdef(g.oid)) FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT g.tgisinternal AND ${shown}
UNION ALL
SELECT concat_ws(' | ', 'schema', n.nspname, obj_description(n.oid, 'pg_namespace')) FROM pg_namespace n WHERE ${own} AND n.nspname <> 'public'`

/** PostgreSQL's catalogue as sorted lines. A sequence's column is named by its number, so that is left out. */
export async function observePostgres(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.execute(POSTGRES)
  return rows
    .map(({ line }) =>
      String(line)
        .replaceAll(/\s+/g, ' ')
        .replace(/(\| i[^|]*?)\d+$/, '$1'),
    )
    .sort()
}

const TABLES = `SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'yama\\_%' ESCAPE '\\'`

/** SQLite's pragmas and the texts of indexes, views and triggers as sorted lines. */
export async function observeSqlite(connection: Connection): Promise<readonly string[]> {
  const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> => (await connection.execute(sql)).rows
  const bare = (text: unknown): string =>
    String(text)
      .replaceAll(/["`[\]\s()]/g, '')
      .toLowerCase()
  const lines = (await rows(TABLES)).map((row) => `table | ${JSON.stringify(row)}`)
  for (const row of await rows(
    `SELECT t.name AS owner, c.name, upper(c.type) AS type, c."notnull" AS filled, c.dflt_value, c.pk, c.hidden FROM (${TABLES}) t, pragma_table_xinfo(t.name) c`,
  ))
    lines.push(`column | ${JSON.stringify({ ...row, dflt_value: row['dflt_value'] === null ? null : bare(row['dflt_value']) })}`)
  for (const row of await rows(
    `SELECT t.name AS owner, f.seq, f."table" AS target, f."from" AS own, f."to" AS other, f.on_update, f.on_delete FROM (${TABLES}) t, pragma_foreign_key_list(t.name) f`,
  ))
    lines.push(`foreign | ${JSON.stringify(row)}`)
  for (const row of await rows(
    `SELECT t.name AS owner, i."unique", i.origin, i.partial, CASE i.origin WHEN 'c' THEN i.name END AS name, (SELECT group_concat(coalesce(x.name, '?') || ' ' || x."desc" || ' ' || x.coll) FROM pragma_index_xinfo(i.name) x WHERE x.key = 1) AS keys FROM (${TABLES}) t, pragma_index_list(t.name) i`,
  ))
    lines.push(`index | ${JSON.stringify(row)}`)
  for (const row of await rows(
    `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'view', 'trigger') AND sql IS NOT NULL AND name NOT LIKE 'yama\\_%' ESCAPE '\\'`,
  ))
    lines.push(`${String(row['type'])} text | ${String(row['name'])} | ${bare(row['sql'])}`)
  return lines.sort()
}

/** What SHOW CREATE prints of everything, line by line; the order of columns is not compared. */
export async function observeMysql(connection: Connection): Promise<readonly string[]> {
  const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> => (await connection.execute(sql)).rows
  const objects = await rows(
    `SELECT TABLE_NAME AS name, if(TABLE_TYPE = 'VIEW', 'VIEW', if(TABLE_TYPE = 'SEQUENCE', 'SEQUENCE', 'TABLE')) AS word
    FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'yama\\_%'
    UNION ALL SELECT TRIGGER_NAME, 'TRIGGER' FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
    UNION ALL SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()`,
  )
  const lines: string[] = []
  for (const { name, word } of objects) {
    const [row] = await rows(`SHOW CREATE ${String(word)} \`${String(name)}\``)
    const statement = String(Object.values(row ?? {}).find((value) => typeof value === 'string' && /^CREATE/i.test(value)))
    const text = statement.replace(/ AUTO_INCREMENT=\d+/, '').replace(/ DEFINER=`[^`]*`@`[^`]*`/, '')
    const parts = word === 'TABLE' ? text.split('\n') : [text.replaceAll(/\s+/g, ' ')]
    lines.push(...parts.map((part) => `${String(word)} ${String(name)} | ${part.trim().replace(/,$/, '')}`))
  }
  return lines.sort()
}
