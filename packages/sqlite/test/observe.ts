import type { Connection } from '@yama/core'
import type { FactBase } from '@yama/schema'

/**
 * What SQLite itself says of every table, without Yama's reader: PRAGMA table_xinfo, index_list, index_xinfo and
 * foreign_key_list. `only` leaves out what is unmanaged. NOT NULL and a default of a rowid alias mean nothing and are not compared.
 */
export async function observe(connection: Connection, only?: FactBase): Promise<Readonly<Record<string, unknown>>> {
  const rows = async (sql: string, ...parameters: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
    (await connection.execute(sql, parameters)).rows
  const tables = await rows(
    "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'yama_%'",
  )
  const result: Record<string, unknown> = {}
  for (const table of tables) {
    const name = String(table['name'])
    if (only !== undefined && ![...only.facts.values()].some((fact) => fact.kind === 'table' && fact.name === name)) continue
    const columns = await rows(
      'SELECT name, upper(type) AS type, "notnull" AS not_null, dflt_value, pk, hidden FROM pragma_table_xinfo(?)',
      name,
    )
    const alias = (row: Record<string, unknown>): boolean =>
      row['pk'] === 1 && row['type'] === 'INTEGER' && columns.filter((one) => Number(one['pk']) > 0).length === 1 && table['wr'] === 0
    const indexes = await rows('SELECT name, "unique", origin, partial FROM pragma_index_list(?)', name)
    const keys = await Promise.all(
      indexes.map(async ({ name: index, ...rest }) => ({
        ...rest,
        name: rest['origin'] === 'c' ? index : '',
        keys: await rows('SELECT name, "desc", upper(coll) AS coll FROM pragma_index_xinfo(?) WHERE key = 1', String(index)),
      })),
    )
    const foreign = await rows(
      // A reference without columns means the parent's key: both forms are one.
      `SELECT seq, "table", "from", on_update, on_delete,
        lower(coalesce("to", (SELECT name FROM pragma_table_info(k."table") WHERE pk = k.seq + 1), '')) AS target
      FROM pragma_foreign_key_list(?) AS k ORDER BY id, seq`,
      name,
    )
    result[name] = {
      without: table['wr'],
      strict: table['strict'],
      columns: columns
        .map((row) => ({
          ...row,
          type: String(row['type']).replaceAll(/\s*([(),])\s*/g, '$1'),
          ...(alias(row) ? { not_null: 1 } : {}),
          dflt_value:
            row['dflt_value'] === null || String(row['dflt_value']).toUpperCase() === 'NULL' || alias(row)
              ? null
              : String(row['dflt_value'])
                  .replaceAll(/[\s()]/g, '')
                  .toLowerCase(),
        }))
        .sort(byText),
      keys: keys.sort(byText),
      foreign: foreign.map((row) => ({ ...row, table: String(row['table']).toLowerCase() })).sort(byText),
    }
  }
  return result
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
