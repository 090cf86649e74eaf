import { commitGroups, definePlugin, resealPlan, type PlannedMigration, type Plugin, type Step } from '@yama/core'
import { compileOperations, type OperationStep } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { historyNodes, replayHistory } from '../replay/replay-history.ts'
import { scratchPool, type ScratchPool } from '../replay/scratch-pool.ts'

/**
 * Compiles the operations of YAML migrations to SQL when a plan is made, against the schema that their ancestors describe:
 * the same text in every environment, shown by the plan, covered by its digest. The project is made only where a plan has operations.
 */
export function operationsPlugin(project: () => Promise<AuthoringProject>): Plugin {
  return definePlugin(() => ({
    name: 'yama:operations',
    hooks: {
      plan: async (plan) => {
        if (!plan.migrations.some(hasOperations)) return plan
        const authoring = await project()
        const pool = scratchPool(schemaDialect(authoring.dialect), authoring.scratch, authoring.notice)
        try {
          const migrations: PlannedMigration[] = []
          for (const planned of plan.migrations) migrations.push(hasOperations(planned) ? await compile(planned, authoring, pool) : planned)
          return resealPlan({ ...plan, migrations })
        } finally {
          await pool[Symbol.asyncDispose]()
        }
      },
    },
    steps: {
      operation: (step: OperationStep) => Promise.reject(authoringErrors.YAMA_OPERATION_UNCOMPILED({ operation: step.name })),
    },
  }))()
}

const isOperation = (step: Step): step is OperationStep => step.kind === 'operation'
const hasOperations = ({ node }: PlannedMigration): boolean => [...node.migration.up, ...(node.migration.down ?? [])].some(isOperation)

async function compile(planned: PlannedMigration, project: AuthoringProject, pool: ScratchPool): Promise<PlannedMigration> {
  const { migration } = planned.node
  const dialect = schemaDialect(project.dialect)
  const ancestors = planned.node.parents.length === 0 ? [] : await historyNodes(project, planned.node.parents)
  const before = await replayHistory(project, ancestors, pool)
  const compiled = compileOperations(migration.up, before, dialect)
  const stated = migration.down
  const steps = planned.direction === 'up' ? compiled.up : stated === undefined ? compiled.down : compileOperations(stated, compiled.after, dialect).up
  return { ...planned, groups: commitGroups(migration, planned.direction, steps, project.dialect) }
}
