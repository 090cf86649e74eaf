import { definePlugin, type Plugin } from '@yama/core'
import type { AuthoringProject } from '@yama/authoring'

/** Operations of YAML migrations become SQL in the plan. What compiles them is loaded only where a plan has one. */
export function operations(project: () => Promise<AuthoringProject>): Plugin {
  return definePlugin(() => ({
    name: 'yama:operations',
    hooks: {
      plan: async (plan) => {
        const found = plan.migrations.some(({ node: { migration } }) =>
          [...migration.up, ...(migration.down ?? [])].some(({ kind }) => kind === 'operation'),
        )
        return found ? (await import('@yama/authoring')).compileOperationsOf(plan, await project()) : plan
      },
    },
    steps: {
      operation: async (step) => {
        const { authoringErrors } = await import('@yama/authoring')
        throw authoringErrors.YAMA_OPERATION_UNCOMPILED({ operation: step.name })
      },
    },
  }))()
}
