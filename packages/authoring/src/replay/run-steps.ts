import {
  isBatchFailure,
  statementPosition,
  YamaError,
  type Connection,
  type Dialect,
  type Migration,
  type SqlStep,
  type Step,
} from '@yama/core'
import { compileOperations, schemaErrors, type FactBase, type OperationStep } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import { committedParts } from './committed-parts.ts'

/** What running a migration in a scratch database needs to know of it. */
export interface ScratchRun {
  readonly connection: Connection
  readonly dialect: Dialect
  /** For messages: `SQLite 3.53 in memory`. */
  readonly scratch: string
  /** Facts of the moment, asked only where a step has to be compiled against them. */
  readonly facts: () => Promise<FactBase>
  readonly signal: AbortSignal
}

/**
 * Runs the up steps of a migration, grouped as a run would, and gives back what they changed of the session, as a run does. Rejects with
 * YAMA_REPLAY_FAILED or YAMA_SCRATCH_OUTSIDE at the statement's place.
 */
export async function runSteps(migration: Migration, run: ScratchRun): Promise<void> {
  const statements = migration.up.flatMap((step) => (step.kind === 'sql' ? [step.text] : []))
  const others = migration.up.some(({ kind }) => kind === 'code')
  const keeper = await run.dialect.keepSession?.(run.connection, { statements, others })
  await runAll(migration, run)
  await keeper?.giveBack()
}

async function runAll(migration: Migration, run: ScratchRun): Promise<void> {
  let group: SqlStep[] = []
  const flush = async (): Promise<void> => {
    const steps = group
    group = []
    if (steps.length > 0) await runGroup(migration, steps, true, run)
  }
  for (const step of migration.up) {
    for (const part of await expand(step, migration, run, flush)) {
      if (part.transaction === 'none' || migration.transaction.up === 'none') {
        await flush()
        await runGroup(migration, [part], false, run)
      } else group.push(part)
    }
  }
  await flush()
}

async function expand(step: Step, migration: Migration, run: ScratchRun, flush: () => Promise<void>): Promise<readonly SqlStep[]> {
  if (step.kind === 'sql') return [step]
  await flush()
  if (step.kind === 'code') {
    await step.run({ connection: run.connection, dialect: run.dialect, migration, direction: 'up', signal: run.signal })
    return []
  }
  if (step.kind === 'operation') return compile(step, run)
  return []
}

async function compile(step: OperationStep, run: ScratchRun): Promise<readonly SqlStep[]> {
  const schema = run.dialect.extensions.schema
  if (schema === undefined) throw authoringErrors.YAMA_DIALECT_NO_SCHEMA({ dialect: run.dialect.kind })
  return compileOperations([step], await run.facts(), schema).up
}

async function runGroup(migration: Migration, group: readonly SqlStep[], transaction: boolean, run: ScratchRun): Promise<void> {
  for (const part of committedParts(group, (step) => step.text, run.dialect.kind)) await runPart(migration, part, transaction, run)
}

async function runPart(migration: Migration, steps: readonly SqlStep[], transaction: boolean, run: ScratchRun): Promise<void> {
  try {
    await run.connection.batch(
      steps.map((step) => ({ sql: step.text })),
      { transaction },
      run.signal,
    )
  } catch (error) {
    const index = isBatchFailure(error) ? error.index : 0
    const cause = isBatchFailure(error) ? error.cause : error
    const step = steps[index]
    if (YamaError.is(cause) && cause.code === 'YAMA_SCRATCH_OUTSIDE')
      throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: String(cause.details['what'] ?? '') }, { cause, position: step?.position })
    const described = run.dialect.describeFailure(cause)
    throw authoringErrors.YAMA_REPLAY_FAILED(
      { migration: migration.name, reason: described.message, scratch: run.scratch },
      { cause: error, position: statementPosition(step?.position, step?.text ?? '', described.offset) },
    )
  }
}
