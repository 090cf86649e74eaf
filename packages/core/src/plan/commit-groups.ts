import type { Dialect } from '../contract/dialect.ts'
import type { Direction, Migration, Step } from '../contract/migration.ts'
import type { CommitGroup, PlannedStep } from '../contract/plan.ts'
import { statedLoss } from './stated-loss.ts'

/**
 * Cuts the steps of one direction into what commits together: consecutive transactional statements are one group, a
 * statement that the server refuses in a transaction is a group of its own. Without a transaction around the migration
 * (`none`) each statement is a group, in a transaction of its own where that is possible: it is the same to the server, and
 * the statement is then recorded together with its effect. A migration without steps is one empty group.
 *
 * @example commitGroups(migration, 'up', migration.up, dialect)
 */
export function commitGroups(
  migration: Pick<Migration, 'transaction'>,
  direction: Direction,
  steps: readonly Step[],
  dialect: Dialect,
): readonly CommitGroup[] {
  let groups: [Group, ...Group[]] | undefined
  const together = migration.transaction[direction] === 'auto'
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]!
    const planned: PlannedStep =
      step.kind === 'sql' ? { index, step, effect: statedLoss(step.text, dialect.describeStatement(step.text)) } : { index, step }
    const transactional = runsInTransaction(planned, dialect) && (together || isSingle(planned))
    const last = groups?.at(-1)
    if (together && transactional && last?.transactional === true) last.steps.push(planned)
    // Room for many more is only made where there is a second one: most migrations are one group of one statement.
    else if (groups === undefined) groups = [{ transactional, steps: [planned] }]
    else groups.push({ transactional, steps: [planned] })
  }
  return groups ?? [{ transactional: true, steps: [] }]
}

interface Group {
  readonly transactional: boolean
  readonly steps: PlannedStep[]
}

/** One statement which does not look at the transaction around it, as CALL and SET do. */
const isSingle = ({ effect }: PlannedStep): boolean => effect !== undefined && effect.class !== 'control' && effect.class !== 'other'

function runsInTransaction({ step, effect }: PlannedStep, dialect: Dialect): boolean {
  if (step.kind === 'sql' && step.transaction === 'none') return false
  // Where DDL commits by itself, a transaction around it would only pretend.
  return dialect.capabilities.transactionalDdl || (effect !== undefined && (effect.class === 'dml' || effect.class === 'query'))
}
