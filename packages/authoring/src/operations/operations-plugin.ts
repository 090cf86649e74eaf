import { commitGroups, definePlugin, planLosses, type Plan, type PlannedMigration, type Plugin } from '@yama/core'
import type { OperationStep } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { withScratchMajor } from '../project/scratch-major.ts'
import { scratchPool, type ScratchPool } from '../replay/scratch-pool.ts'
import { compileMigration, isOperation } from './compile-migration.ts'

/**
 * Compiles the operations of YAML migrations to SQL when a plan is made, against the schema that their ancestors describe:
 * the same text in every environment, shown by the plan, covered by its digest. The project is made only where a plan has operations.
 */
export function operationsPlugin(project: () => Promise<AuthoringProject>): Plugin {
  return definePlugin(() => ({
    name: 'yama:operations',
    hooks: {
      plan: async (plan) => (plan.migrations.some(hasOperations) ? compileOperationsOf(plan, await project()) : plan),
    },
    steps: {
      operation: (step: OperationStep) => Promise.reject(authoringErrors.YAMA_OPERATION_UNCOMPILED({ operation: step.name })),
    },
  }))()
}

/** The plan with SQL in place of the operations of YAML migrations; a host that loads this package late calls it from a hook of its own. */
export async function compileOperationsOf(plan: Plan, given: AuthoringProject): Promise<Plan> {
  const project = await withScratchMajor(given)
  const pool = scratchPool(scratchDialect(project.dialect), project.scratch, project.notice)
  try {
    const migrations: PlannedMigration[] = []
    for (const planned of plan.migrations) migrations.push(hasOperations(planned) ? await compile(planned, project, pool) : planned)
    return { ...plan, migrations, losses: planLosses(migrations) }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}

const hasOperations = ({ node }: PlannedMigration): boolean => [...node.migration.up, ...(node.migration.down ?? [])].some(isOperation)

async function compile(planned: PlannedMigration, project: AuthoringProject, pool: ScratchPool): Promise<PlannedMigration> {
  const { migration } = planned.node
  const compiled = await compileMigration(project, planned.node, pool)
  const steps = planned.direction === 'up' ? compiled.up : compiled.down
  if (steps === undefined) throw authoringErrors.YAMA_OPERATION_NO_WAY_BACK({ migration: migration.name })
  return { ...planned, groups: commitGroups(migration, planned.direction, steps, project.dialect) }
}
