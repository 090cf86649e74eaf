import type { BatchesResult, Command, QueryResult } from '@yama/core'
import { needsForeignKeysOff } from './foreign-key-guard.ts'
import type { Database } from './open-database.ts'

/**
 * Several transactions, each a savepoint of one, so that the file is written to the disk once for all of them. Those before the
 * first that fails are kept. Where the whole is undone (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction,
 * a COMMIT that fails) nothing of any was run, and each has to run alone. `run` rejects with a BatchFailure.
 */
export async function runBatches(
  database: Database,
  transactions: readonly (readonly Command[])[],
  words: (sql: string) => readonly string[],
  run: (commands: readonly Command[]) => Promise<readonly QueryResult[]>,
  inTransaction: (work: () => Promise<void>) => Promise<void>,
): Promise<BatchesResult> {
  if (!mayShareOne(database, transactions, words)) return { committed: 0, unread: true }
  const results: (readonly QueryResult[])[] = []
  let failure: unknown
  let begun = false
  try {
    await inTransaction(async () => {
      begun = true
      for (const commands of transactions) {
        database.exec('SAVEPOINT yama_batch')
        try {
          results.push(await run(commands))
        } catch (error) {
          failure = error
          // Some errors undo everything, and then there is no savepoint.
          database.exec('ROLLBACK TO yama_batch; RELEASE yama_batch')
          return
        }
        database.exec('RELEASE yama_batch')
      }
    })
  } catch (error) {
    if (!begun) throw error
    return { committed: 0, failure: error, unread: true }
  }
  return { committed: results.length, results, ...(failure === undefined ? {} : { failure }) }
}

/**
 * Foreign keys which wait for the end would wait for the end of all: a row of the second transaction could mend what the
 * first may not leave behind. What switches keys off does it before its transaction begins.
 */
function mayShareOne(
  database: Database,
  transactions: readonly (readonly Command[])[],
  words: (sql: string) => readonly string[],
): boolean {
  const alone = ({ sql }: Command): boolean =>
    /defer|pragma|\btemp(?:orary)?\b/i.test(sql) || (/drop/i.test(sql) && needsForeignKeysOff([sql], words))
  if (transactions.some((commands) => commands.some(alone))) return false
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE sql LIKE '%deferr%' LIMIT 1").get() === undefined
}
