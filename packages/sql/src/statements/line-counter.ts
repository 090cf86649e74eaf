import { CR, LF } from '../lexer/characters.ts'

/** 1-based line and column (UTF-16 units) of growing offsets; every character is looked at once. */
export class LineCounter {
  line = 1
  column = 1
  private at = 0
  private lineStart: number
  private readonly sql: string

  constructor(sql: string) {
    this.sql = sql
    // A byte order mark is not a column.
    this.lineStart = sql.charCodeAt(0) === 0xfeff ? 1 : 0
  }

  /** Offsets must not decrease from call to call. */
  moveTo(offset: number): void {
    const { sql } = this
    for (let at = this.at; at < offset; at++) {
      const code = sql.charCodeAt(at)
      if (code > CR || (code !== LF && (code !== CR || sql.charCodeAt(at + 1) === LF))) continue
      this.line++
      this.lineStart = at + 1
    }
    this.at = offset
    this.column = offset - this.lineStart + 1
  }
}
