import type { Connection, SchemaDefect } from '@yama/core'

/** So much damage is named. */
const MOST = 20

/** SQLite keeps nothing half-done in its catalogue. With `deep` the file is checked, and foreign keys are asked for rows that break them. */
export async function examine(connection: Connection, { deep }: { readonly deep: boolean }): Promise<readonly SchemaDefect[]> {
  if (!deep) return []
  const damaged = (await connection.execute(`PRAGMA quick_check(${String(MOST)})`)).rows
    .map((row) => String(Object.values(row)[0]))
    .filter((text) => text !== 'ok')
    .map((detail): SchemaDefect => ({ kind: 'damaged', object: 'the file', detail }))
  const broken = new Map<string, number>()
  for (const row of (await connection.execute('PRAGMA foreign_key_check')).rows) {
    const key = `${String(row['table'])}\n${String(row['parent'])}`
    broken.set(key, (broken.get(key) ?? 0) + 1)
  }
  const references = [...broken].map(([key, rows]): SchemaDefect => {
    const [table = '', parent = ''] = key.split('\n')
    return { kind: 'broken-reference', object: `table ${table}`, detail: `${rows} row(s) have no ${parent}` }
  })
  return [...damaged, ...references]
}
