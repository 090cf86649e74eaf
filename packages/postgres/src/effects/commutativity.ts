import type { Commutativity } from '@yama/core'
import { createCommutativity } from '@yama/sql'
import { loadParser } from './load-parser.ts'
import { statementEffects } from './statement-effects.ts'

let judge: Promise<Commutativity> | undefined

/** The judge of PostgreSQL, with the server's own parser. */
export function commutativity(): Promise<Commutativity> {
  judge ??= loadParser().then((parser) => createCommutativity((sql) => statementEffects(sql, parser)))
  return judge
}
