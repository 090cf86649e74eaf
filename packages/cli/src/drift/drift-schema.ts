import type { Dialect } from '@yama/core'
import type { FactBase, SchemaDialect, Scope } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'

export interface DriftSchema {
  readonly dialect: Dialect
  readonly schema: SchemaDialect
  readonly scope: Scope
}

/** The schema part of the environment's dialect, which reads owners and versions of extensions as well; nothing is connected. */
export async function driftSchema(context: CliContext): Promise<DriftSchema> {
  const [{ schemaDialect }, { withOnRequest }] = await Promise.all([import('@yama/authoring'), import('@yama/schema')])
  const { whole, scope } = await context.database()
  const dialect = await whole()
  return { dialect, schema: withOnRequest(schemaDialect(dialect), true), scope }
}

/** Reads the schema of the environment's database, on a connection of its own. */
export async function liveSchema(context: CliContext): Promise<FactBase> {
  const { dialect, schema, scope } = await driftSchema(context)
  const connection = await dialect.connect(context.signal)
  try {
    return await schema.extract(connection, scope)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}
