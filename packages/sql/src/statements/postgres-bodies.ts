import type { TokenKind } from '../lexer/scanner.ts'
import type { BodyTracker } from './body-tracker.ts'

/** `CREATE FUNCTION … BEGIN ATOMIC …; …; END` (PostgreSQL 14). Bodies in quotes need no watching. */
export function postgresBodies(): BodyTracker {
  let words = 0
  let routine = false
  let depth = 0
  let previous = ''
  return {
    watching: true,
    start() {
      words = 0
      routine = false
      depth = 0
      previous = ''
      this.watching = true
    },
    token(kind: TokenKind, word: string) {
      if (kind !== 'word') {
        previous = ''
        return
      }
      words++
      if (!routine) {
        if (words === 1 ? word !== 'CREATE' : words > 4) this.watching = false
        else if (word === 'FUNCTION' || word === 'PROCEDURE') routine = true
        else if (words > 1 && word !== 'OR' && word !== 'REPLACE') this.watching = false
      } else if (depth === 0) {
        if (previous === 'BEGIN' && word === 'ATOMIC') depth = 1
      } else if (word === 'CASE') depth++
      else if (word === 'END') depth--
      previous = word
    },
    splits: () => depth === 0,
  }
}
