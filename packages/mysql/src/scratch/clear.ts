import type { Connection } from '@yama/core'
import type { Scope } from '@yama/schema'
import { inScope } from '../extract/scope.ts'
import { backticked } from '../text/names.ts'

const OBJECTS = `SELECT TABLE_TYPE AS kind, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
UNION ALL SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`

/** What is dropped how, in this order; a trigger goes with its table. */
const WORDS: readonly (readonly [kind: string, word: string])[] = [
  ['EVENT', 'EVENT'],
  ['VIEW', 'VIEW'],
  ['BASE TABLE', 'TABLE'],
  ['SYSTEM VERSIONED', 'TABLE'],
  ['SEQUENCE', 'SEQUENCE'],
  ['FUNCTION', 'FUNCTION'],
  ['PROCEDURE', 'PROCEDURE'],
]

/** Removes every object of the database that the scope names; Yama's own tables stay. Rejects with the server's failure. */
export async function clear(connection: Connection, scope: Scope): Promise<void> {
  const seen = inScope(scope)
  const { rows } = await connection.execute(OBJECTS)
  const found = rows.map((row) => ({ kind: String(row['kind']).toUpperCase(), name: String(row['name']) })).filter(({ name }) => seen(name))
  const drops = WORDS.flatMap(([kind, word]) =>
    found.filter((object) => object.kind === kind).map(({ name }) => `DROP ${word} IF EXISTS ${backticked(name)}`),
  )
  if (drops.length === 0) return
  const statements = ['SET @yama_keys = @@foreign_key_checks, foreign_key_checks = 0', ...drops, 'SET foreign_key_checks = @yama_keys']
  await connection.batch(
    statements.map((sql) => ({ sql })),
    { transaction: false },
  )
}
