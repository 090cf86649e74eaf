import type { DatabaseKind } from '@yama/core'

/** Statements after which a scratch database commits; a transaction of ten thousand makes the server slower with each. */
const AT_ONCE = 500

/** Where a transaction becomes slow with its length: where making a table is part of it. */
const SLOWS_DOWN = { postgres: true, mysql: false, mariadb: false, sqlite: false } as const satisfies Record<DatabaseKind, boolean>

/** What means the same in a transaction of its own: no setting, no lock, nothing temporary, no value of an enum that must not be used yet. */
const INDEPENDENT =
  /^\s*(?:CREATE\s+(?!(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?TEMP)|COMMENT\s+ON\s|ALTER\s+TABLE\s+(?:ONLY\s+)?\S+\s+ADD\s+CONSTRAINT\s)/i

/** What holds for the rest of its transaction, and so for each part after it. */
const CARRIED = /^\s*SET\s+LOCAL\s+check_function_bodies\s*=\s*off\s*;?\s*$/i

/**
 * The statements of a transaction in parts that may be committed one after the other in a database which is thrown away where one of
 * them fails. One part where that could make a difference, or is not worth it.
 */
export function committedParts<T>(
  statements: readonly T[],
  textOf: (statement: T) => string,
  kind: DatabaseKind,
): readonly (readonly T[])[] {
  if (!SLOWS_DOWN[kind] || statements.length <= 2 * AT_ONCE) return [statements]
  const carried: T[] = []
  const parts: T[][] = []
  for (const [at, statement] of statements.entries()) {
    if (at % AT_ONCE === 0) parts.push([...carried])
    parts.at(-1)?.push(statement)
    if (CARRIED.test(textOf(statement))) carried.push(statement)
    else if (!INDEPENDENT.test(textOf(statement))) return [statements]
  }
  return parts
}
