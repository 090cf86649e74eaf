import { isBatchFailure, type Connection, type QueryResult } from '@yama/core'
import { describeFailure } from '../dialect/failures.ts'
import { backticked } from '../text/names.ts'

type Rows = QueryResult['rows']

/**
 * Asks for the statement of each object in one batch. MariaDB cannot print every view that it has: one that reads the past of a table without
 * versions, for example. Such a one has no rows, and why is told by its place in the list; the others are asked for again.
 */
export async function shownStatements(
  connection: Connection,
  objects: readonly { readonly name: string; readonly type: string }[],
): Promise<{ readonly statements: readonly (Rows | undefined)[]; readonly failures: ReadonlyMap<number, string> }> {
  const failures = new Map<number, string>()
  for (;;) {
    const asked = [...objects.keys()].filter((at) => !failures.has(at))
    const sqls = asked.map((at) => ({ sql: `SHOW CREATE ${objects[at]?.type ?? ''} ${backticked(objects[at]?.name ?? '')}` }))
    try {
      const results = sqls.length === 0 ? [] : await connection.batch(sqls, { transaction: false })
      const rows = new Map(asked.map((at, index) => [at, results[index]?.rows]))
      return { statements: objects.map((_, at) => rows.get(at)), failures }
    } catch (error) {
      const at = isBatchFailure(error) ? asked[error.index] : undefined
      const { kind, message } = describeFailure(error)
      if (at === undefined || objects[at]?.type !== 'view' || kind !== 'other') throw error
      failures.set(at, message)
    }
  }
}
