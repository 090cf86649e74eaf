import type { AskedNeed, Connection, NeedAnswer } from '@yama/core'
import { literal } from '../types/quoted.ts'

const ROLE: Readonly<Record<string, string>> = {
  superuser: 'rolsuper',
  createrole: 'rolcreaterole',
  createdb: 'rolcreatedb',
  replication: 'rolreplication',
  bypassrls: 'rolbypassrls',
}

/** Whether what a migration needs is there. Rejects with the server's own error for a privilege or an object that it does not know. */
export async function answerNeed(connection: Connection, need: AskedNeed): Promise<NeedAnswer> {
  const ask = async (sql: string): Promise<unknown> => (await connection.execute(sql)).rows[0]?.['answer']
  if (need.kind === 'setting') {
    const value = await ask(`SELECT current_setting(${literal(need.name)}, true) AS answer`)
    return { kind: 'value', value: typeof value === 'string' ? value : undefined }
  }
  if (need.kind === 'extension') {
    const found = await ask(`SELECT count(*)::int AS answer FROM pg_catalog.pg_available_extensions WHERE name = ${literal(need.name)}`)
    return Number(found) > 0 ? { kind: 'met' } : { kind: 'missing', found: 'it is not available on this server' }
  }
  const { name, schema, table } = need
  const attribute = ROLE[name]
  const sql =
    attribute !== undefined
      ? `SELECT ${attribute} AS answer FROM pg_catalog.pg_roles WHERE rolname = current_user`
      : schema !== undefined
        ? `SELECT has_schema_privilege(${literal(schema)}, ${literal(name)}) AS answer`
        : table !== undefined
          ? `SELECT has_table_privilege(${literal(table)}, ${literal(name)}) AS answer`
          : `SELECT has_database_privilege(current_database(), ${literal(name)}) AS answer`
  return (await ask(sql)) === true ? { kind: 'met' } : { kind: 'missing', found: `${connection.server.user} does not have it` }
}
