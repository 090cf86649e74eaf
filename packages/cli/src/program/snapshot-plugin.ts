import { definePlugin, type Plugin } from '@yama/core'
import type { FactBase } from '@yama/schema'
import type { OpenDatabase } from './open-database.ts'

/**
 * Stores the schema in the database after each run, so that drift can be named without a scratch database. `settled` says what of it
 * counts as made by the history; by default all.
 */
export function snapshotPlugin(database: OpenDatabase, settled?: (after: FactBase) => Promise<FactBase>): Plugin {
  return definePlugin(() => ({
    name: 'yama:snapshot',
    hooks: {
      run: async ({ plan, connection }, next) => {
        const report = await next()
        if (plan.migrations.length === 0) return report
        const { schema } = (await database.whole()).extensions
        if (schema === undefined) return report
        const { encodeFacts, stateHash, withOnRequest } = await import('@yama/schema')
        const after = await withOnRequest(schema, true).extract(connection, database.scope)
        const facts = (await settled?.(after)) ?? after
        const history = database.dialect.createHistory(connection, { project: plan.project })
        const row = {
          tag: facts.tag,
          stateHash: stateHash(facts),
          facts: encodeFacts(facts),
          at: new Date().toISOString(),
          runId: report.runId,
        }
        await connection.batch(history.encode([{ write: 'snapshot', row }]), { transaction: true })
        return report
      },
    },
  }))()
}
