import { BACKTICK, CR, DOUBLE, LF, SINGLE, SLASH, STAR } from './characters.ts'
import { scanDoubled, scanEscaped } from './scan-quoted.ts'

/** End of a line comment, before the line end. */
export function scanLineComment(sql: string, from: number, carriageReturn: boolean): number {
  if (!carriageReturn) {
    const at = sql.indexOf('\n', from)
    return at < 0 ? sql.length : at
  }
  let at = from
  while (at < sql.length) {
    const code = sql.charCodeAt(at)
    if (code === LF || code === CR) break
    at++
  }
  return at
}

/** End of a block comment; -1 where it is not closed. `from` is after the opening. */
export function scanBlockComment(sql: string, from: number, nested: boolean): number {
  if (!nested) {
    const at = sql.indexOf('*/', from)
    return at < 0 ? -1 : at + 2
  }
  let depth = 1
  for (let at = from; at < sql.length - 1; at++) {
    const code = sql.charCodeAt(at)
    if (code === STAR && sql.charCodeAt(at + 1) === SLASH) {
      at++
      if (--depth === 0) return at + 1
    } else if (code === SLASH && sql.charCodeAt(at + 1) === STAR) {
      at++
      depth++
    }
  }
  return -1
}

/** End of a conditional comment of MySQL, whose content is SQL: `*` and `/` in its strings do not close it. */
export function scanConditionalComment(sql: string, from: number, backslashes: boolean): number {
  let at = from
  while (at < sql.length) {
    const code = sql.charCodeAt(at)
    if (code === STAR && sql.charCodeAt(at + 1) === SLASH) return at + 2
    if (code === SINGLE || code === DOUBLE)
      at = backslashes ? scanEscaped(sql, at + 1, code) : scanDoubled(sql, at + 1, code === SINGLE ? "'" : '"')
    else if (code === BACKTICK) at = scanDoubled(sql, at + 1, '`')
    else at++
    if (at < 0) return -1
  }
  return -1
}

/** A comment that Yama itself reads: `-- yama:writes t.b`. */
export function isDirective(sql: string, start: number): boolean {
  let at = start + (sql.charCodeAt(start) === 35 ? 1 : 2)
  while (sql.charCodeAt(at) === 32 || sql.charCodeAt(at) === 9) at++
  return sql.startsWith('yama:', at)
}

/** What Drizzle writes between statements: a comment everywhere but in MySQL, to which its own migrator never sends it. */
export function isBreakpoint(sql: string, start: number): boolean {
  return sql.startsWith('--> statement-breakpoint', start)
}
