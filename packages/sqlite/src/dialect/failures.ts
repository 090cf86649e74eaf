import { isBatchFailure, YamaError, type DescribedFailure, type FailureKind } from '@yama/core'

/** Primary result codes; extended ones (`SQLITE_BUSY_SNAPSHOT`) fall back to their prefix. https://sqlite.org/rescode.html */
const KINDS: Readonly<Record<string, FailureKind>> = {
  SQLITE_BUSY: 'lock-timeout',
  SQLITE_LOCKED: 'lock-timeout',
  SQLITE_CONSTRAINT: 'constraint',
  SQLITE_READONLY: 'read-only',
  SQLITE_FULL: 'disk-full',
  SQLITE_PERM: 'permission',
  SQLITE_AUTH: 'permission',
  SQLITE_INTERRUPT: 'cancelled',
  SQLITE_IOERR: 'disconnected',
  SQLITE_CANTOPEN: 'disconnected',
  SQLITE_NOTADB: 'disconnected',
  SQLITE_CORRUPT: 'disconnected',
}

/** What a connection says when it gives up on a file that another process has locked. */
const BUSY: ReadonlySet<string> = new Set(['YAMA_SQLITE_BUSY', 'YAMA_CONNECT_SQLITE_BUSY'])

/** SQLite has one code for everything a statement may get wrong; the sentences are stable and part of its tests. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /^(?:table|index|view|trigger|there is already (?:an index|another table or index).*) .*already exists|^there is already|^duplicate column name/i,
    'duplicate',
  ],
  [/^no such (?:table|column|index|view|trigger|function|collation|module)|^unknown column/i, 'missing'],
  [/^Cannot add a /i, 'constraint'],
  [/syntax error|^unrecognized token|^incomplete input/i, 'syntax'],
  [/^database or disk is full/i, 'disk-full'],
  [/^attempt to write a readonly database/i, 'read-only'],
]

/** What to do, where the sentence says enough to know. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^Cannot add a NOT NULL column with default value NULL/i,
    'The table has rows. Give the column a default, or add it as nullable, fill it and make it NOT NULL afterwards.',
  ],
  [
    /^NOT NULL constraint failed: _yama_new_/,
    'Rows hold NULL in this column. Fill them in an UPDATE before the rebuild, in this migration or an earlier one.',
  ],
  [/^UNIQUE constraint failed: _yama_new_/, 'Rows repeat a value that is to be unique. Remove the repetitions before the rebuild.'],
  [/^CHECK constraint failed/, 'Rows break the new check. Change them before it is added.'],
  [/should this be a string literal in single-quotes/, 'Write text in single quotes; better-sqlite3 takes double quotes for names only.'],
  [/^no such function: /, 'The application registers this function itself. Leave the file out with `skip`, or rewrite it.'],
]

const HINTS: Partial<Record<FailureKind, string>> = {
  'lock-timeout': 'Another process holds the write lock of the file. Wait for it, or raise `busyTimeoutMs`.',
  'disk-full': 'Free space on the disk of the database file. The transaction was rolled back.',
  'read-only': 'The file, its directory or the connection is read-only.',
}

/** How a driver's error reads for people. */
export function describeFailure(error: unknown): DescribedFailure {
  const cause = isBatchFailure(error) ? error.cause : error
  if (YamaError.is(cause)) {
    const { message, code, hint } = cause
    return { kind: BUSY.has(code) ? 'lock-timeout' : 'other', message, code, hint }
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const kind = kindOf(message, code, cause)
  const hint = ADVICE.find(([pattern]) => pattern.test(message))?.[1] ?? HINTS[kind]
  return { kind, message, ...(code === undefined ? {} : { code }), ...(hint === undefined ? {} : { hint }) }
}

function kindOf(message: string, code: string | undefined, cause: unknown): FailureKind {
  if (cause instanceof Error && cause.name === 'AbortError') return 'cancelled'
  const byMessage = MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
  if (byMessage !== undefined) return byMessage
  const primary = code?.split('_').slice(0, 2).join('_')
  return (primary === undefined ? undefined : KINDS[primary]) ?? 'other'
}
