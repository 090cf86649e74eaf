import { definePlugin, type Plugin } from '@yama/core'
import type { CliContext } from './cli-context.ts'
import type { OpenDatabase } from './open-database.ts'

/** Makes the functions over the history after a run, where the configuration asks for them. A server that refuses them does not fail the run. */
export function historyFunctionsPlugin(context: CliContext, { dialect }: OpenDatabase): Plugin {
  return definePlugin(() => ({
    name: 'yama:history-functions',
    hooks: {
      run: async ({ plan, connection }, next) => {
        const report = await next()
        if (plan.migrations.length === 0) return report
        if (dialect.createHistoryFunctions === undefined) {
          context.note(`historyFunctions: ${dialect.kind} keeps no functions; the views yama_history and yama_current_version are there`)
          return report
        }
        try {
          await dialect.createHistoryFunctions(connection)
        } catch (error) {
          context.note(
            `historyFunctions: ${dialect.describeFailure(error).message}; the views yama_history and yama_current_version are there`,
          )
        }
        return report
      },
    },
  }))()
}
