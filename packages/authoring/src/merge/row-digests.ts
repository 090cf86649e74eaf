import { sha256Hex, type Connection } from '@yama/core'
import type { FactBase } from '@yama/schema'
import { quoteIdentifier } from '@yama/sql'

/** A digest of the rows of each table, whatever their order and that of the columns. For scratch databases, whose rows come from migrations alone. */
export async function rowDigests(connection: Connection, facts: FactBase): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>()
  for (const { kind, schema, name } of facts.facts.values()) {
    if (kind !== 'table') continue
    const table = [...(schema === '' ? [] : [schema]), name].map((part) => quoteIdentifier(part, connection.server.kind)).join('.')
    const { rows } = await connection.execute(`SELECT * FROM ${table}`)
    digests.set(table, sha256Hex(rows.map(rowText).sort().join('\n')))
  }
  return digests
}

function rowText(row: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(entries, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}
