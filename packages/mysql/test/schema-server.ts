import { lexerRules, splitStatements } from '@yama/sql'
import type { Connection } from '@yama/core'
import {
  factBase,
  planChange,
  requirePlan,
  type Action,
  type ChangePlan,
  type FactBase,
  type Scratch,
  type ScratchOptions,
  type SchemaDialect,
} from '@yama/schema'
import { mysqlTargets } from '@yama/testkit'
import { connectMysql } from '../src/dialect/connect/connect-mysql.ts'
import { parseMysqlUrl } from '../src/dialect/connect/parse-url.ts'
import { extract } from '../src/extract/extract.ts'
import { schemaDialect } from '../src/schema-dialect/schema-dialect.ts'

/** A server that schema tests run on. */
export interface SchemaServer {
  readonly kind: 'mysql' | 'mariadb'
  readonly url: string
  readonly schema: SchemaDialect
}

const noScratch = (_: ScratchOptions): Promise<Scratch> => Promise.reject(new Error('these tests make their databases themselves'))

/** Every server that tests can run on here. */
export const schemaServers: readonly SchemaServer[] = (await mysqlTargets()).map(({ url }) => {
  const kind = url.startsWith('mariadb:') ? 'mariadb' : 'mysql'
  return { kind, url, schema: schemaDialect(kind, noScratch) }
})

export const everything = { schemas: [], include: [], exclude: [] } as const

export async function connectTo({ url }: SchemaServer, database: string): Promise<Connection> {
  const target = { ...parseMysqlUrl(url), database }
  return await connectMysql(target, { url, lockTimeoutMs: 0 }, undefined)
}

let count = 0

/** Runs the work in a database that is made for it and dropped. */
export async function inDatabase<T>(server: SchemaServer, work: (connection: Connection) => Promise<T>): Promise<T> {
  const name = `yama_schema_${String(process.pid)}_${String(++count)}`
  await using administration = await connectTo(server, '')
  await administration.execute(`DROP DATABASE IF EXISTS ${name}`)
  await administration.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  try {
    await using connection = await connectTo(server, name)
    return await work(connection)
  } finally {
    await administration.execute(`DROP DATABASE IF EXISTS ${name}`)
  }
}

/** Runs a script statement by statement. */
export async function run(connection: Connection, script: string): Promise<void> {
  for (const { text } of splitStatements(script, lexerRules.mysql)) await connection.execute(text)
}

export const facts = (connection: Connection): Promise<FactBase> => extract(connection, everything)

export async function runActions(connection: Connection, actions: readonly Action[]): Promise<void> {
  for (const { sql } of actions) {
    try {
      await connection.execute(sql)
    } catch (error) {
      throw new Error(`${(error as Error).message}\n    in: ${sql}`, { cause: error })
    }
  }
}

/** Changes the database's schema into the wanted one; what the model does not carry of it is not asked for. */
export async function change(connection: Connection, after: FactBase, { schema }: SchemaServer): Promise<ChangePlan> {
  const plan = requirePlan(
    planChange({
      before: await facts(connection),
      after: factBase(after.tag, after.facts.values()),
      dialect: schema,
      renames: [],
      server: connection.server,
    }),
  )
  await runActions(connection, plan.actions)
  return plan
}
