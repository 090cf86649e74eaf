import { positionedWords, type PositionedWord } from './positioned-words.ts'

/** A database that a statement names, and where. */
export interface NamedDatabase {
  readonly name: string
  readonly start: number
  readonly end: number
  /** What the statement does there is more than to read. */
  readonly changes: boolean
}

type Does = 'changes' | 'reads'

const DEFINES = new Set(['CREATE', 'ALTER', 'DROP', 'RENAME'])
const KINDS = new Set(['TABLE', 'TABLES', 'VIEW', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'SEQUENCE'])
/** What they run or show, they do later. */
const BODIES = new Set(['VIEW', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT'])
/** Elsewhere a column may be called `event` or `view`. */
const BEFORE_KINDS = new Set(
  'CREATE ALTER DROP RENAME TEMPORARY TRUNCATE LOCK ANALYZE OPTIMIZE CHECK REPAIR LOCAL NO_WRITE_TO_BINLOG INTO'.split(' '),
)
const ROWS = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE', 'TRUNCATE', 'CALL'])
/** `ON DUPLICATE KEY UPDATE`, `FOR UPDATE`, `AFTER INSERT`, `ON DELETE`, `OR REPLACE`: no statement begins. */
const NO_STATEMENT = new Set(['KEY', 'FOR', 'AFTER', 'BEFORE', 'ON', 'OR'])
const READS = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', 'REFERENCES', 'USING'])
/** `EXTRACT(DAY FROM t.made)` */
const NO_TABLES = new Set(['EXTRACT', 'TRIM', 'SUBSTRING', 'SUBSTR', 'MID'])
const BETWEEN = new Set(
  'IF NOT EXISTS LOW_PRIORITY DELAYED HIGH_PRIORITY QUICK IGNORE INTO FROM TABLE TABLES PROCEDURE FUNCTION'.split(' '),
)
const ENDS = new Set('SET WHERE VALUES VALUE SELECT GROUP ORDER HAVING LIMIT AS ADD DO BEGIN WINDOW ;'.split(' '))

/**
 * The databases that a statement names where a database or one of its objects is expected. `t.id` in an expression is a column, whatever the
 * databases are called. What a text that is prepared holds, and what a routine does when it is called, cannot be seen.
 */
export function namedDatabases(sql: string): readonly NamedDatabase[] {
  const words = positionedWords(sql)
  const verb = words[0]?.upper ?? ''
  if (verb === 'USE') return named(words[1], 'changes')
  const body = bodyStart(words, verb)
  const found: NamedDatabase[] = []
  const lists: (Does | undefined)[] = []
  for (const [at, word] of words.entries()) {
    const does = opens(words, at, verb, at < body)
    if (does === 'database') found.push(...named(words[nameAt(words, at)], 'changes'))
    else if (does !== undefined) lists[word.depth] = does
    else if (ENDS.has(word.upper)) lists[word.depth] = undefined
    const list = lists[word.depth]
    if (list !== undefined && (does === list || word.upper === ',')) found.push(...qualifier(words, nameAt(words, at), list))
    else if (isDatabaseAnywhere(words, at)) found.push(...named(word, 'reads'))
  }
  const byPlace = new Map(found.toSorted((a, b) => Number(a.changes) - Number(b.changes)).map((each) => [each.start, each]))
  return [...byPlace.values()].toSorted((a, b) => a.start - b.start)
}

function opens(words: readonly PositionedWord[], at: number, verb: string, now: boolean): Does | 'database' | undefined {
  const { upper = '', depth = 0, within = '' } = words[at] ?? {}
  const before = words[at - 1]?.upper ?? ''
  const changes = now ? 'changes' : 'reads'
  if (upper === 'DATABASE' || upper === 'SCHEMA') return DEFINES.has(before) || (before === 'REPLACE' && at === 3) ? 'database' : undefined
  // `REPLACE(…)`, `INSERT(…)` and `TRUNCATE(…)` are functions too.
  if (ROWS.has(upper)) return NO_STATEMENT.has(before) || words[at + 1]?.upper === '(' ? undefined : changes
  if (KINDS.has(upper)) {
    if (DEFINES.has(verb) && now) return 'changes'
    return BEFORE_KINDS.has(before) ? (verb === 'LOAD' || verb === 'BEGIN' ? changes : 'reads') : undefined
  }
  if (upper === 'ON') return isFirstOn(words, at, verb) ? changes : undefined
  if (upper === 'TO') return verb === 'RENAME' || before === 'RENAME' ? changes : undefined
  if (upper === 'LIKE')
    return verb === 'CREATE' && depth < 2 && !words.slice(0, at).some((word) => word.upper === 'SELECT') ? 'reads' : undefined
  return READS.has(upper) && !NO_TABLES.has(within) ? 'reads' : undefined
}

/** Of an index, a trigger or a privilege; others stand before a condition. */
function isFirstOn(words: readonly PositionedWord[], at: number, verb: string): boolean {
  const before = words.slice(0, at).map(({ upper }) => upper)
  if (before.includes('ON')) return false
  if (verb === 'GRANT' || verb === 'REVOKE') return true
  return DEFINES.has(verb) && !before.includes('TABLE') && (before.includes('INDEX') || before.includes('TRIGGER'))
}

function bodyStart(words: readonly PositionedWord[], verb: string): number {
  if (verb !== 'CREATE' && verb !== 'ALTER') return words.length
  const kind = words.findIndex(({ upper }) => KINDS.has(upper) || upper === 'INDEX')
  const { upper = '' } = words[kind] ?? {}
  if (!BODIES.has(upper)) return words.length
  return (upper === 'TRIGGER' ? words.findIndex((word, at) => at > kind && word.upper === 'ON') : kind) + 1
}

/** `app.t.id` and `app.f(…)`: here only a database can come first. */
function isDatabaseAnywhere(words: readonly PositionedWord[], at: number): boolean {
  const sign = (index: number): string | undefined => words[index]?.upper
  return sign(at - 1) !== '.' && sign(at + 1) === '.' && (sign(at + 3) === '.' || sign(at + 3) === '(')
}

function nameAt(words: readonly PositionedWord[], at: number): number {
  let name = at + 1
  while (BETWEEN.has(words[name]?.upper ?? '') && words[name + 1]?.upper !== '.') name++
  return name
}

/** `DELETE t.* FROM t` names a table, `GRANT … ON app.*` a database. */
function qualifier(words: readonly PositionedWord[], at: number, does: Does): readonly NamedDatabase[] {
  if (words[at + 1]?.upper !== '.') return []
  const ofTable = words[at + 2]?.upper === '*' && words[at - 1]?.upper !== 'ON'
  return ofTable ? [] : named(words[at], does)
}

function named(word: PositionedWord | undefined, does: Does): readonly NamedDatabase[] {
  if (word?.name === undefined) return []
  return [{ name: word.name, start: word.start, end: word.end, changes: does === 'changes' }]
}
