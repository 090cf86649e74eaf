import type { TokenKind } from '../lexer/scanner.ts'
import type { BodyTracker } from './body-tracker.ts'

/** `CREATE TRIGGER … BEGIN …; …; END`: ends only at `; END ;`, the rule of sqlite3_complete(). A CASE's END never follows a `;`. */
export function sqliteBodies(): BodyTracker {
  let words = 0
  let trigger = false
  let body: 'none' | 'inside' | 'semicolon' | 'end' = 'none'
  return {
    watching: true,
    start() {
      words = 0
      trigger = false
      body = 'none'
      this.watching = true
    },
    token(kind: TokenKind, word: string) {
      if (body !== 'none') {
        if (kind === 'terminator') body = 'semicolon'
        else body = body === 'semicolon' && word === 'END' ? 'end' : 'inside'
        return
      }
      if (trigger) {
        if (word === 'BEGIN') body = 'inside'
        return
      }
      words++
      if (words === 1) this.watching = word === 'CREATE'
      else if (word === 'TRIGGER') trigger = true
      else if (word !== 'TEMP' && word !== 'TEMPORARY') this.watching = false
    },
    splits: () => body === 'none' || body === 'end',
  }
}
