import type { DatabaseKind } from '@yama/core'
import type { TokenKind } from '../lexer/scanner.ts'
import { mysqlBodies } from './mysql-bodies.ts'
import { postgresBodies } from './postgres-bodies.ts'
import { sqliteBodies } from './sqlite-bodies.ts'

/** Follows one statement's tokens, so that a `;` inside the body of a routine or trigger does not end the statement. */
export interface BodyTracker {
  /** False as soon as the statement can have no body: then `token` need not be called. */
  watching: boolean
  /** A new statement begins. */
  start(): void
  /** `word` is the bare word in upper case, the text of an operator, or empty for everything else. */
  token(kind: TokenKind, word: string): void
  /** Whether a `;` ends the statement here. */
  splits(): boolean
}

const trackers = {
  postgres: postgresBodies,
  sqlite: sqliteBodies,
  mysql: mysqlBodies,
  mariadb: mysqlBodies,
} satisfies Record<DatabaseKind, () => BodyTracker>

/** The tracker of a database. */
export const bodyTracker = (kind: DatabaseKind): BodyTracker => trackers[kind]()
