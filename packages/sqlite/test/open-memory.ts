import type { Connection } from '@yama/core'
import {
  planChange,
  planRenames,
  requirePlan,
  type ChangePlan,
  type FactBase,
  type Rename,
  type SchemaDialect,
  type Scope,
} from '@yama/schema'
import { sqlite } from '@yama/sqlite'

export const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }
export const dialect = sqlite({ file: ':memory:' })
export const schema: SchemaDialect = dialect.extensions.schema!

/** Runs SQL as a migration would: split, in one transaction. */
export async function run(connection: Connection, sql: string): Promise<void> {
  const commands = dialect.splitStatements(sql).map(({ text }) => ({ sql: text }))
  await connection.batch(commands, { transaction: true })
}

export async function load(sql: string): Promise<Connection> {
  const connection = await dialect.connect()
  await run(connection, sql)
  return connection
}

export const facts = async (connection: Connection): Promise<FactBase> => await schema.extract(connection, EVERYTHING)

/** Changes the database from one state to another as `yama generate` and `yama up` would; returns what ran. */
export async function change(
  connection: Connection,
  after: FactBase,
  renames: readonly Rename[] = [],
  clone?: () => Promise<Connection>,
): Promise<ChangePlan> {
  const before = await facts(connection)
  const stages = planRenames(before, renames, schema)
  let renamed: FactBase | undefined
  if (stages.actions.length > 0 && clone !== undefined) {
    await using copy = await clone()
    for (const action of stages.actions) await copy.execute(action.sql)
    renamed = await facts(copy)
  }
  const plan = requirePlan(planChange({ before, after, dialect: schema, renames, ...(renamed === undefined ? {} : { renamed }) }))
  await run(connection, plan.actions.map((action) => `${action.sql};`).join('\n'))
  return plan
}

export const sqlOf = (plan: ChangePlan): string => plan.actions.map((action) => `${action.sql};`).join('\n')
