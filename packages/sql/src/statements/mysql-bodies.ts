import type { TokenKind } from '../lexer/scanner.ts'
import type { BodyTracker } from './body-tracker.ts'

const routines = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT'])
const otherObjects = new Set([
  'TABLE',
  'VIEW',
  'INDEX',
  'DATABASE',
  'SCHEMA',
  'USER',
  'ROLE',
  'SERVER',
  'TEMPORARY',
  'UNIQUE',
  'FULLTEXT',
  'SPATIAL',
  'TABLESPACE',
  'SEQUENCE',
  'ALGORITHM',
  'LOGFILE',
  'RESOURCE',
  'UNDO',
])
const blocks = new Set(['IF', 'LOOP', 'REPEAT', 'WHILE', 'FOR'])
const simpleStatements = new Set(['RETURN', 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'SET', 'CALL', 'REPLACE', 'SIGNAL', 'WITH', 'TRUNCATE'])
/** `RETURNS SET ('a')`, `CHARACTER SET latin1`, `CHAR SET latin1`: no statement begins with that SET. */
const beforeType = new Set(['RETURNS', 'CHARACTER', 'CHAR'])
/** After these a statement of the body begins. */
const before = new Set(['BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT', 'ATOMIC', ':'])

/**
 * Bodies of procedures, functions, triggers and events, and MariaDB's `BEGIN NOT ATOMIC`, written without DELIMITER:
 * counts BEGIN, IF, CASE, LOOP, REPEAT, WHILE and FOR against END.
 */
export function mysqlBodies(): BodyTracker {
  let words = 0
  let routine = ''
  let ready = false
  let depth = 0
  let open: string[] = []
  let previous = ''
  let oracle = false

  const inHeader = (tracker: { watching: boolean }, kind: TokenKind, word: string): void => {
    if (routine === '') {
      if (words === 1) tracker.watching = word === 'CREATE' || word === 'ALTER' || word === 'BEGIN'
      else if (previous === 'BEGIN' && words === 2) {
        if (word === 'NOT') [routine, ready] = ['BLOCK', true]
        else tracker.watching = false
        if (ready) open.push('BEGIN')
      } else if (routines.has(word) || (oracle && word === 'PACKAGE')) routine = word
      else if (otherObjects.has(word)) tracker.watching = false
      return
    }
    if (oracle && inOracleHeader(kind, word)) return
    if (!ready) {
      if (kind === 'open') depth++
      else if (kind === 'close') depth--
      // A trigger's header has INSERT and UPDATE in it, a routine's has names and types: the body comes only after these.
      ready = routine === 'TRIGGER' ? word === 'ROW' : routine === 'EVENT' ? word === 'DO' : kind === 'close' && depth === 0
      return
    }
    // `END IF` has just closed the body itself.
    if (previous === 'END') return
    if (word === 'BEGIN' || word === 'CASE' || blocks.has(word)) open.push(word)
    else if (simpleStatements.has(word) && !beforeType.has(previous)) tracker.watching = false
  }

  /** `PROCEDURE p AS n INT; BEGIN … END`, `PACKAGE p AS … END`, a trigger's `DECLARE n INT; BEGIN … END`. */
  const inOracleHeader = (kind: TokenKind, word: string): boolean => {
    if (routine === 'TRIGGER' || routine === 'EVENT') {
      const declares = ready && word === 'DECLARE'
      if (declares) open.push('DECLARE')
      return declares
    }
    if (kind === 'open') depth++
    else if (kind === 'close') depth--
    else if (depth === 0 && (word === 'AS' || word === 'IS')) open.push(routine === 'PACKAGE' ? routine : 'DECLARE')
    return true
  }

  const inBody = (kind: TokenKind, word: string): void => {
    if (kind !== 'word') return
    if (previous === 'END' && (blocks.has(word) || word === 'CASE')) return
    const starts = previous === ';' || (before.has(previous) && open.at(-1) !== 'CASE EXPRESSION') || (oracle && previous === '>>')
    if (word === 'END') open.pop()
    else if (word === 'BEGIN' && open.at(-1) === 'DECLARE') open.splice(-1, 1, word)
    else if (word === 'BEGIN') open.push(word)
    else if (word === 'CASE') open.push(starts ? 'CASE' : 'CASE EXPRESSION')
    else if (starts && blocks.has(word)) open.push(word)
  }

  return {
    watching: true,
    start() {
      words = 0
      routine = ''
      ready = false
      depth = 0
      open = []
      previous = ''
      oracle = false
      this.watching = true
    },
    oracle() {
      oracle = true
    },
    token(kind: TokenKind, word: string) {
      words++
      if (open.length === 0) inHeader(this, kind, word)
      else inBody(kind, word)
      previous = kind === 'terminator' ? ';' : previous === 'END' && blocks.has(word) ? '' : word
    },
    splits: () => open.length === 0,
  }
}
