import { mkdirSync, rmSync } from 'node:fs'
import type { Dialect } from '@yama/core'
import { difference, factBase, planChange, prove, requirePlan, type FactBase, type SchemaDialect, type Scratch } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import type { Bench } from './prove-pair.ts'
import { objectScript, type ChosenObjects } from './random-objects.ts'

const scope = { schemas: [], include: [], exclude: [] }

/**
 * Makes A and B by their own scripts, plans A → B and back, and proves both with rows; B also goes through entity files and comes back as it was.
 * `equal` where A is B.
 */
export async function proveObjects(
  bench: Bench,
  { a, b }: { readonly a: ChosenObjects; readonly b: ChosenObjects },
  { splitStatements }: Pick<Dialect, 'splitStatements'>,
  directory: string,
): Promise<'proved' | 'equal'> {
  const { dialect, first, second } = bench
  const make = async (scratch: Scratch, chosen: ChosenObjects): Promise<FactBase> => {
    await dialect.clear(scratch.connection, scope)
    await runScript(scratch, objectScript(chosen, dialect.kind), dialect, splitStatements)
    return await dialect.extract(scratch.connection, scope)
  }
  const [before, after] = [await make(first, a), await make(second, b)]
  if (before.unmanaged.length + after.unmanaged.length > 0)
    throw new Error(`not managed: ${[...before.unmanaged, ...after.unmanaged].map(({ kind, name }) => `${kind} ${name}`).join(', ')}`)
  await throughEntities(after, dialect, second, directory)
  const up = requirePlan(planChange({ before, after, dialect, renames: [], server: first.connection.server }))
  if (up.actions.length === 0) return 'equal'
  const down = requirePlan(planChange({ before: after, after: before, dialect, renames: [], server: first.connection.server }))
  const { notes } = await prove({ up, down, before, after, scratch: first, dialect, scope })
  const rewritten = notes.filter((note) => note.includes('written anew'))
  if (rewritten.length > 0) throw new Error(rewritten.join(' '))
  return 'proved'
}

async function runScript(
  { connection }: Scratch,
  script: string,
  { kind }: SchemaDialect,
  split: Dialect['splitStatements'],
): Promise<void> {
  // The bodies of MySQL's routines have semicolons that no client may cut at.
  const statements = kind === 'mysql' || kind === 'mariadb' ? script.split(/;\n/) : split(script).map(({ text }) => text)
  for (const sql of statements.map((text) => text.trim().replace(/;$/, ''))) {
    if (sql === '') continue
    try {
      await connection.execute(sql)
    } catch (error) {
      throw new Error(`the script does not run: ${(error as Error).message} in ${sql}`, { cause: error })
    }
  }
}

/** Written as entities, read again and built from nothing, it is the same. */
async function throughEntities(wanted: FactBase, dialect: SchemaDialect, { connection }: Scratch, directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const source = yamlEntities({ directory, root: directory })
  await source.write(wanted, { dialect })
  const { desired } = await source.load({ dialect })
  await dialect.clear(connection, scope)
  const before = await dialect.extract(connection, scope)
  const { actions } = requirePlan(
    planChange({ before, after: factBase(wanted.tag, desired.facts.values()), dialect, renames: [], server: connection.server }),
  )
  for (const { sql } of actions) await connection.execute(sql)
  const lost = difference(await dialect.extract(connection, scope), wanted)
  if (lost.length > 0) throw new Error(`entities do not say: ${lost.map(({ change, id }) => `${change} ${id}`).join('; ')}`)
}
