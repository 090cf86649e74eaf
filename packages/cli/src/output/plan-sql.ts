import type { CommitGroup, DatabaseKind, HookEvent, Plan, PlannedStep } from '@yama/core'
import { clientStatement } from './client-statement.ts'

/**
 * The pure SQL of a plan, transaction by transaction, for a DBA to read or run by hand. Nothing of it writes the history:
 * what was run by hand is recorded with `yama repair mark-applied`.
 */
export function planSql(plan: Plan, kind: DatabaseKind): string {
  if (plan.migrations.length === 0) return '-- nothing to run'
  const section = (title: string, groups: readonly CommitGroup[]): string =>
    [`-- ${title}`, ...groups.flatMap((group) => renderGroup(group, kind))].join('\n')
  const around = (wanted: HookEvent): readonly string[] =>
    (plan.hooks ?? []).filter(({ event }) => event === wanted).map(({ event, file, groups }) => section(`${event}: ${file}`, groups))
  return [
    ...around('before-run'),
    ...plan.migrations.map(({ node, direction, groups }) => section(`${node.migration.name} (${node.migration.id}), ${direction}`, groups)),
    ...around('after-run'),
  ].join('\n\n')
}

const FOREIGN_KEYS = /^\s*PRAGMA\s+(?:main\s*\.\s*)?foreign_keys\b/i
const DROPS_TABLE = /^\s*DROP\s+TABLE\b/i

function renderGroup({ transactional, steps }: CommitGroup, kind: DatabaseKind): readonly string[] {
  const render = (step: PlannedStep): string => renderStep(step, kind)
  if (!transactional) return steps.map(render)
  const switched = kind === 'sqlite' && steps.some((step) => FOREIGN_KEYS.test(sqlOf(step)) || DROPS_TABLE.test(sqlOf(step)))
  if (!switched) return ['BEGIN;', ...steps.map(render), 'COMMIT;']
  // SQLite ignores this pragma inside a transaction, and a DROP TABLE with the keys on deletes the rows of child tables.
  return [
    'PRAGMA foreign_keys = OFF;',
    'BEGIN;',
    ...steps.filter((step) => !FOREIGN_KEYS.test(sqlOf(step))).map(render),
    '-- must list nothing, else ROLLBACK',
    'PRAGMA foreign_key_check;',
    'COMMIT;',
    'PRAGMA foreign_keys = ON;',
  ]
}

const sqlOf = ({ step }: PlannedStep): string => (step.kind === 'sql' ? step.text : '')

const renderStep = ({ step }: PlannedStep, kind: DatabaseKind): string =>
  step.kind === 'sql' ? clientStatement(step.text, kind) : `-- a ${step.kind} step: it has no SQL, run it with yama`
