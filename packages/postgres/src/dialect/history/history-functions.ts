import type { Connection } from '@yama/core'
import { qualified } from '../../types/quoted.ts'

/** Makes the functions for people with a SQL prompt, in the schema of the history. */
export async function createHistoryFunctions(connection: Connection, schema: string): Promise<void> {
  const name = (text: string): string => qualified(schema, text)
  const functions = [
    `CREATE OR REPLACE FUNCTION ${name('get_migration_history')}() RETURNS SETOF ${name('yama_history')} LANGUAGE sql STABLE AS $$ SELECT * FROM ${name('yama_history')} $$`,
    `CREATE OR REPLACE FUNCTION ${name('get_current_schema_version')}() RETURNS text LANGUAGE sql STABLE AS $$ SELECT string_agg(version, ', ' ORDER BY project, version) FROM ${name('yama_current_version')} $$`,
  ]
  await connection.batch(
    functions.map((sql) => ({ sql })),
    { transaction: true },
  )
}
