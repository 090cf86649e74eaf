import type { GraphNode, Migration, Step } from '@yama/core'
import { compileOperations, type FactBase, type OperationStep, type Scratch } from '@yama/schema'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { historyNodes, replayInto } from '../replay/replay-history.ts'
import { runSteps } from '../replay/run-steps.ts'
import type { ScratchPool } from '../replay/scratch-pool.ts'

export interface CompiledMigration {
  readonly up: readonly Step[]
  /** Undefined where a step has no inverse and the file states no way back. */
  readonly down: readonly Step[] | undefined
}

export const isOperation = (step: Step): step is OperationStep => step.kind === 'operation'

/**
 * The SQL of a migration's operations, found step by step in a scratch database that stands where the migration's ancestors lead.
 * A step of plain SQL runs there too, so that an operation after it sees what it made.
 */
export async function compileMigration(project: AuthoringProject, node: GraphNode, pool: ScratchPool): Promise<CompiledMigration> {
  const scratch = await pool.take()
  await replayInto(project, node.parents.length === 0 ? [] : await historyNodes(project, node.parents), scratch)
  const { migration } = node
  const up = await compileSteps(project, migration, migration.up, scratch)
  if (migration.down === undefined) {
    const inverses = up.map(({ down }) => down)
    const complete = inverses.every((down) => down !== undefined)
    return { up: up.flatMap((compiled) => compiled.up), down: complete ? inverses.toReversed().flatMap((down) => down ?? []) : undefined }
  }
  const down = await compileSteps(project, migration, migration.down, scratch)
  return { up: up.flatMap((compiled) => compiled.up), down: down.flatMap((compiled) => compiled.up) }
}

async function compileSteps(
  project: AuthoringProject,
  migration: Migration,
  steps: readonly Step[],
  scratch: Scratch,
): Promise<readonly CompiledMigration[]> {
  const schema = scratchDialect(project.dialect)
  const facts = (): Promise<FactBase> => schema.extract(scratch.connection, project.scope)
  const compiled: CompiledMigration[] = []
  for (const step of steps) {
    const parts = isOperation(step) ? compileOperations([step], await facts(), schema) : undefined
    const up = parts?.up ?? [step]
    compiled.push({ up, down: parts?.down })
    const signal = project.scratch.signal ?? new AbortController().signal
    await runSteps(
      { ...migration, up },
      { connection: scratch.connection, dialect: project.dialect, scratch: scratch.description, facts, signal },
    )
  }
  return compiled
}
