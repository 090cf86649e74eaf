import type { Connection, Dialect } from '../../contract/dialect.ts'
import type { CommitGroup, HookEvent, Plan, PlannedStep } from '../../contract/plan.ts'
import { isBatchFailure } from '../../errors/batch-failure.ts'
import { coreErrors } from '../../errors/errors.ts'
import { statementPosition } from '../../errors/statement-position.ts'
import { sendSql } from '../../run/sql-text.ts'

export interface HookWork {
  readonly plan: Plan
  readonly connection: Connection
  readonly dialect: Dialect
  readonly signal: AbortSignal
}

/** What a hook that failed leaves behind, and what to do then. */
export interface HookAftermath {
  readonly effects: string
  readonly next: string
}

/** Runs the hook files of one event, group by group. Rejects with YAMA_HOOK_FILE_FAILED at the statement. */
export async function runHooks(event: HookEvent, work: HookWork, aftermath: HookAftermath): Promise<void> {
  for (const hook of work.plan.hooks ?? []) {
    if (hook.event !== event) continue
    for (const group of hook.groups) await runGroup(hook.file, group, work, aftermath)
  }
}

const textOf = ({ step }: PlannedStep): string => (step.kind === 'sql' ? step.text : '')

async function runGroup(file: string, { steps, transactional }: CommitGroup, work: HookWork, aftermath: HookAftermath): Promise<void> {
  const { connection, dialect, signal } = work
  let [failed] = steps
  if (failed === undefined) return
  try {
    const each = async (): Promise<void> => {
      for (failed of steps) if (failed.step.kind === 'sql') await sendSql(failed.step, (sql) => connection.execute(sql, undefined, signal))
    }
    if (!transactional) await each()
    else await connection.transaction(each, { statements: steps.map(textOf) })
  } catch (error) {
    const described = dialect.describeFailure(isBatchFailure(error) ? error.cause : error)
    const position = failed.step.kind === 'sql' ? failed.step.position : undefined
    throw coreErrors.YAMA_HOOK_FILE_FAILED(
      { file, reason: described.message.replace(/[.\s]+$/, ''), ...aftermath },
      { cause: error, position: statementPosition(position, textOf(failed), described.offset) },
    )
  }
}
