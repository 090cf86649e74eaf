import { randomBytes } from 'node:crypto'
import { isBatchFailure, type Connection, type Dialect } from '@yama/core'
import { pglite, postgres } from '@yama/postgres'
import type { FactBase, SchemaDialect, Scope } from '@yama/schema'
import type { DatabaseTarget } from '@yama/testkit'
import type { VersionSchema } from './version-schemas.ts'

export const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }

/** What a version made of a schema: its facts, and the statements that it refused. */
export interface ReadSchema {
  readonly facts: FactBase
  /** `PostgreSQL 15.18`. */
  readonly product: string
  readonly refused: readonly string[]
}

export function schemaOf(dialect: Dialect): SchemaDialect {
  const schema = dialect.extensions.schema
  if (schema === undefined) throw new Error(`${dialect.kind} has no schema`)
  return schema
}

/** Runs work in an empty database of the target, which goes afterwards. `settings` are ALTER DATABASE … SET clauses. */
export async function inEmptyDatabase<T>(
  target: DatabaseTarget,
  work: (connection: Connection, dialect: Dialect) => Promise<T>,
  create = '',
  settings: readonly string[] = [],
): Promise<T> {
  if (target.driver === 'pglite') {
    // A scratch database ends when it is let go; one of the dialect's own would stay in memory.
    const dialect = pglite()
    await using scratch = await schemaOf(dialect).scratch({ setup: [] })
    return await work(scratch.connection, dialect)
  }
  const name = `yama_versions_${randomBytes(4).toString('hex')}`
  const url = new URL(target.url)
  url.pathname = `/${name}`
  const administer = async (...statements: readonly string[]): Promise<void> => {
    await using connection = await postgres({ url: target.url }).connect()
    for (const sql of statements) await connection.execute(sql)
  }
  await administer(
    `CREATE DATABASE ${name} TEMPLATE template0 ${create}`,
    ...settings.map((setting) => `ALTER DATABASE ${name} SET ${setting}`),
  )
  try {
    const dialect = postgres({ url: url.href, lockTimeoutMs: 0 })
    await using connection = await dialect.connect()
    return await work(connection, dialect)
  } finally {
    await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

/** Loads each text in one transaction, or statement by statement where one does not allow that; what is refused is returned. */
export async function loadTexts(connection: Connection, dialect: Dialect, texts: readonly string[]): Promise<readonly string[]> {
  const refused: string[] = []
  for (const [index, text] of texts.entries()) {
    const parts = dialect.splitStatements(text)
    const own = /^\s*(begin|commit)\b/im.test(text)
    try {
      const commands = parts.map((part) => ({ sql: part.text }))
      if (!own && parts.every((part) => part.transaction !== 'none')) await connection.batch(commands, { transaction: true })
      else for (const { sql } of commands) await connection.execute(sql)
    } catch (error) {
      refused.push(
        `text ${index + 1}: ${dialect.describeFailure(isBatchFailure(error) ? error.cause : error).message.split('\n')[0] ?? ''}`,
      )
    }
  }
  return refused
}

/** Loads a schema into an empty database and extracts it. */
export async function readSchema(schema: VersionSchema, target: DatabaseTarget): Promise<ReadSchema> {
  return await inEmptyDatabase(target, async (connection, dialect) => {
    const refused = await loadTexts(connection, dialect, schema.texts)
    return { facts: await schemaOf(dialect).extract(connection, EVERYTHING), product: connection.server.product, refused }
  })
}
