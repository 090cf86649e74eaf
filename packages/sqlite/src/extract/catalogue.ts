import type { Connection, QueryResult } from '@yama/core'

/** The answers of one extraction: a constant number of queries, however many tables. */
export interface Catalogue {
  readonly objects: readonly SchemaObject[]
  readonly columns: readonly ColumnRow[]
  readonly indexKeys: readonly IndexKeyRow[]
  readonly foreignKeys: readonly { readonly table: string; readonly count: number }[]
  readonly temporary: readonly SchemaObject[]
}
export interface SchemaObject {
  readonly type: 'table' | 'index' | 'view' | 'trigger'
  readonly name: string
  readonly table: string
  readonly sql: string
  /** `table`, `virtual`, `shadow` or `view`, for tables and views. */
  readonly shape: string
}
export interface ColumnRow {
  readonly table: string
  readonly position: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly default: string | undefined
  /** 0, or the place in the primary key. */
  readonly key: number
}
export interface IndexKeyRow {
  readonly index: string
  readonly unique: boolean
  readonly column: string | undefined
  readonly descending: boolean
  readonly collation: string
}

/** Virtual tables have no root page; asking them for columns may load a module that is not there. */
const TABLES = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0"

const QUERIES = {
  objects: 'SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid',
  // Not joined: as the inner side of a join the list of all tables would be made again for each of them.
  shapes: "SELECT name, type FROM pragma_table_list WHERE schema = 'main'",
  columns: `SELECT t.name AS tbl, x.cid, x.name, x.type, x."notnull" AS not_null, x.dflt_value, x.pk
    FROM (${TABLES}) AS t JOIN pragma_table_xinfo(t.name, 'main') AS x ORDER BY t.name, x.cid`,
  indexKeys: `SELECT i.name AS idx, i."unique" AS is_unique, k.name, k."desc" AS descending, k.coll
    FROM (${TABLES}) AS t JOIN pragma_index_list(t.name, 'main') AS i JOIN pragma_index_xinfo(i.name, 'main') AS k
    WHERE i.origin = 'c' AND k.key = 1 ORDER BY i.name, k.seqno`,
  foreignKeys: `SELECT t.name AS tbl, count(DISTINCT f.id) AS keys
    FROM (${TABLES}) AS t JOIN pragma_foreign_key_list(t.name, 'main') AS f GROUP BY t.name`,
  temporary: 'SELECT type, name, tbl_name, sql FROM temp.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid',
} as const

/** Reads everything; inside one transaction when the caller wants one moment in time. */
export async function readCatalogue(connection: Connection): Promise<Catalogue> {
  const rows = async (query: keyof typeof QUERIES): Promise<QueryResult['rows']> => (await connection.execute(QUERIES[query], [])).rows
  const shapes = new Map((await rows('shapes')).map((row) => [String(row['name']), String(row['type'])]))
  const toObject = (row: Readonly<Record<string, unknown>>): SchemaObject => ({
    type: String(row['type']) as SchemaObject['type'],
    name: String(row['name']),
    table: String(row['tbl_name']),
    sql: String(row['sql']),
    shape: shapes.get(String(row['name'])) ?? '',
  })
  return {
    objects: (await rows('objects')).map(toObject),
    columns: (await rows('columns')).map((row) => ({
      table: String(row['tbl']),
      position: Number(row['cid']),
      name: String(row['name']),
      type: String(row['type']),
      notNull: row['not_null'] === 1,
      default: row['dflt_value'] === null ? undefined : String(row['dflt_value']),
      key: Number(row['pk']),
    })),
    indexKeys: (await rows('indexKeys')).map((row) => ({
      index: String(row['idx']),
      unique: row['is_unique'] === 1,
      column: row['name'] === null ? undefined : String(row['name']),
      descending: row['descending'] === 1,
      collation: String(row['coll'] ?? 'BINARY').toUpperCase(),
    })),
    foreignKeys: (await rows('foreignKeys')).map((row) => ({ table: String(row['tbl']), count: Number(row['keys']) })),
    temporary: (await rows('temporary')).map(toObject),
  }
}
