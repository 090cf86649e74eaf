import type { TokenKind } from '../lexer/scanner.ts'

/** Follows one statement's tokens, so that a `;` inside the body of a routine or trigger does not end the statement. */
export interface BodyTracker {
  /** False as soon as the statement can have no body: then `token` need not be called. */
  watching: boolean
  /** A new statement begins. */
  start(): void
  /** The statement is written as in Oracle; only MariaDB knows that. */
  oracle?(): void
  /** `word` is the bare word in upper case, the text of an operator, or empty for everything else. */
  token(kind: TokenKind, word: string): void
  /** Whether a `;` ends the statement here. */
  splits(): boolean
}
