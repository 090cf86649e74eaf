import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection, Dialect } from '@yama/core'
import {
  factBase,
  findRenames,
  planChange,
  prove,
  requirePlan,
  type Action,
  type FactBase,
  type SchemaDialect,
  type Scratch,
} from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import { entityText, type RandomSchema } from './random-entities.ts'

const scope = { schemas: [], include: [], exclude: [] }

export interface Bench {
  readonly dialect: SchemaDialect
  /** Two equal scratch databases; both are emptied between the pairs. */
  readonly first: Scratch
  readonly second: Scratch
}

/** Opens the databases in which pairs are proved. */
export async function openBench(dialect: Dialect, options: { readonly allowUrl?: string } = {}): Promise<Bench> {
  const schema = dialect.extensions.schema
  if (schema === undefined) throw new Error('the dialect has no schema part')
  const first = await schema.scratch({ setup: [], ...options })
  return { dialect: schema, first, second: await first.another() }
}

/**
 * Applies A, plans A → B and back, and proves it with rows: after Up the server prints exactly B, rows survive where nothing is said to be
 * lost, after Down it prints exactly A. Returns what stood in the way, if the plan was refused with a reason.
 */
export async function provePair(
  bench: Bench,
  pair: { readonly a: RandomSchema; readonly b: RandomSchema },
  directory: string,
): Promise<'proved' | 'equal'> {
  const { dialect, first, second } = bench
  await dialect.clear(first.connection, scope)
  await dialect.clear(second.connection, scope)
  const before = await build(dialect, first.connection, pair.a, join(directory, 'a'))
  const after = await build(dialect, second.connection, pair.b, join(directory, 'b'))
  const { renames } = findRenames(before, after)
  const up = requirePlan(planChange({ before, after, dialect, renames }))
  if (up.actions.length === 0) return 'equal'
  const back = renames.map(({ from, to }) => ({ from: to, to: from }))
  const down = requirePlan(planChange({ before: after, after: before, dialect, renames: back }))
  const { notes } = await prove({ up, down, before, after, scratch: first, dialect, scope })
  const rewritten = notes.filter((note) => note.includes('written anew'))
  if (rewritten.length > 0) throw new Error(rewritten.join(' '))
  return 'proved'
}

async function build(dialect: SchemaDialect, connection: Connection, model: RandomSchema, directory: string): Promise<FactBase> {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'all.yaml'), entityText(model, dialect.kind))
  const { desired } = await yamlEntities({ directory, root: directory }).load({ dialect })
  const empty = await dialect.extract(connection, scope)
  const plan = requirePlan(planChange({ before: empty, after: desired, dialect, renames: [], server: connection.server }))
  await run(connection, plan.actions)
  const built = await dialect.extract(connection, scope)
  const again = planChange({ before: built, after: factBase(built.tag, [...built.facts.values()], built.unmanaged), dialect, renames: [] })
  if (again.actions.length > 0) throw new Error(`a schema differs from itself: ${again.summary}`)
  return built
}

async function run(connection: Connection, actions: readonly Action[]): Promise<void> {
  if (actions.length > 0)
    await connection.batch(
      actions.map(({ sql }) => ({ sql })),
      { transaction: actions.every(({ transaction }) => transaction !== 'none') },
    )
}
