import {
  AMPERSAND,
  AT,
  BACKSLASH,
  BACKTICK,
  BRACKET,
  CLOSE,
  continuesWord,
  DOLLAR,
  DOT,
  DOUBLE,
  HASH,
  isDigit,
  isSpace,
  MINUS,
  OPEN,
  SEMICOLON,
  SINGLE,
  SLASH,
  STAR,
  startsWord,
} from './characters.ts'
import type { LexerRules } from './lexer-rules.ts'
import { isBreakpoint, isDirective, scanBlockComment, scanConditionalComment, scanLineComment } from './scan-comment.ts'
import { scanNumber } from './scan-number.ts'
import { scanOperator } from './scan-operator.ts'
import { dollarTagLength, scanDoubled, scanEscaped } from './scan-quoted.ts'
import { statedRules } from './sql-mode-rules.ts'

export type TokenKind =
  | 'space'
  | 'comment'
  | 'directive'
  | 'hint'
  | 'conditional'
  | 'word'
  | 'identifier'
  | 'string'
  | 'dollar'
  | 'number'
  | 'parameter'
  | 'operator'
  | 'open'
  | 'close'
  | 'terminator'
  | 'psql'

/**
 * Walks over the text, one token per `next()`; `kind`, `start` and `end` are the current token. It never throws and
 * never skips a character: an unclosed quote runs to the end with `closed` false. Mutable on purpose: one object per
 * text instead of one per token.
 */
export class Scanner {
  kind: TokenKind = 'space'
  start = 0
  end = 0
  closed = true
  /** What ends a statement instead of `;`, set by DELIMITER. */
  delimiter = ''
  readonly sql: string
  /** Those of the statement: a directive in front of it may say that it is read otherwise. */
  rules: LexerRules
  private readonly usual: LexerRules

  constructor(sql: string, rules: LexerRules) {
    this.sql = sql
    this.rules = rules
    this.usual = rules
  }

  /** The next statement is read as usual again. */
  endStatement(): void {
    this.rules = this.usual
  }

  next(): boolean {
    const { sql } = this
    this.start = this.end
    if (this.start >= sql.length) return false
    this.closed = true
    if (this.delimiter !== '' && sql.startsWith(this.delimiter, this.start)) {
      this.token('terminator', this.start + this.delimiter.length)
      return true
    }
    this.scan(sql.charCodeAt(this.start))
    if (this.delimiter !== '') this.cutAtDelimiter()
    return true
  }

  private token(kind: TokenKind, end: number): void {
    this.kind = kind
    this.closed = end >= 0
    this.end = end < 0 ? this.sql.length : end
  }

  private scan(code: number): void {
    const { start, sql, rules } = this
    if (isSpace(code)) {
      let at = start + 1
      while (at < sql.length && isSpace(sql.charCodeAt(at))) at++
      return this.token('space', at)
    }
    if (startsWord(code)) return this.scanWord(code)
    if (isDigit(code)) return this.token('number', scanNumber(sql, start))
    switch (code) {
      case SINGLE:
        return this.token('string', rules.backslashInStrings ? scanEscaped(sql, start + 1, SINGLE) : scanDoubled(sql, start + 1, "'"))
      case DOUBLE:
        return rules.doubleQuotedStrings
          ? this.token('string', rules.backslashInStrings ? scanEscaped(sql, start + 1, DOUBLE) : scanDoubled(sql, start + 1, '"'))
          : this.token('identifier', scanDoubled(sql, start + 1, '"'))
      case OPEN:
        return this.token('open', start + 1)
      case CLOSE:
        return this.token('close', start + 1)
      case SEMICOLON:
        return this.token(this.delimiter === '' ? 'terminator' : 'operator', start + 1)
      case MINUS:
      case SLASH:
      case HASH:
        return this.scanComment(code)
      default:
        return this.scanRest(code)
    }
  }

  private scanWord(code: number): void {
    const { start, sql, rules } = this
    const following = sql.charCodeAt(start + 1)
    const letter = code | 32
    if (following === SINGLE && (letter === 98 || letter === 120 || letter === 110)) {
      // b'', x'', n''
      return this.token('string', rules.backslashInStrings ? scanEscaped(sql, start + 2, SINGLE) : scanDoubled(sql, start + 2, "'"))
    }
    if (rules.postgresStrings && following === SINGLE && letter === 101) return this.token('string', scanEscaped(sql, start + 2, SINGLE))
    if (rules.postgresStrings && following === AMPERSAND && letter === 117) {
      const quote = sql.charCodeAt(start + 2)
      if (quote === SINGLE) return this.token('string', scanDoubled(sql, start + 3, "'"))
      if (quote === DOUBLE) return this.token('identifier', scanDoubled(sql, start + 3, '"'))
    }
    let at = start + 1
    while (at < sql.length && continuesWord(sql.charCodeAt(at))) at++
    this.token('word', at)
  }

  private scanComment(code: number): void {
    const { start, sql, rules } = this
    const following = sql.charCodeAt(start + 1)
    if (code === SLASH && following === STAR) return this.scanBlock()
    const dashes =
      code === MINUS && following === MINUS && (!rules.dashNeedsSpace || !(sql.charCodeAt(start + 2) > 32) || isBreakpoint(sql, start))
    if (!dashes && !(code === HASH && rules.hashComments)) return this.scanRest(code)
    this.comment(isDirective(sql, start) ? 'directive' : 'comment', scanLineComment(sql, start, rules.carriageReturnEndsLine))
  }

  private comment(kind: TokenKind, end: number): void {
    this.token(kind, end)
    if (kind === 'directive') this.rules = statedRules(this.sql.slice(this.start, this.end), this.usual) ?? this.rules
  }

  private scanBlock(): void {
    const { start, sql, rules } = this
    if (rules.conditionalComments && (sql[start + 2] === '!' || sql.startsWith('M!', start + 2))) {
      return this.token('conditional', scanConditionalComment(sql, start + 3, rules.backslashInStrings))
    }
    const kind = isDirective(sql, start) ? 'directive' : sql[start + 2] === '+' ? 'hint' : 'comment'
    this.comment(kind, scanBlockComment(sql, start + 2, rules.nestedComments))
    if (rules.openComments) this.closed = true
  }

  private scanRest(code: number): void {
    const { start, sql, rules } = this
    const following = sql.charCodeAt(start + 1)
    if (code === BACKTICK && rules.backtickIdentifiers) return this.token('identifier', scanDoubled(sql, start + 1, '`'))
    if (code === BRACKET && rules.bracketIdentifiers) {
      const at = sql.indexOf(']', start)
      return this.token('identifier', at < 0 ? -1 : at + 1)
    }
    if (code === DOLLAR) return this.scanDollar(following)
    if (code === DOT && isDigit(following)) return this.token('number', scanNumber(sql, start))
    if (code === BACKSLASH && rules.psqlCommands) return this.token('psql', scanLineComment(sql, start, true))
    if (rules.parameterStarts.includes(sql[start]!) && (startsWord(following) || (code === AT && following === AT))) {
      return this.token('parameter', this.wordEnd(start + (following === AT ? 2 : 1)))
    }
    this.token('operator', scanOperator(sql, start, rules))
  }

  private scanDollar(following: number): void {
    const { start, sql, rules } = this
    if (rules.postgresStrings) {
      if (isDigit(following)) return this.token('parameter', this.wordEnd(start + 1))
      const length = dollarTagLength(sql, start)
      if (length > 0) {
        const at = sql.indexOf(sql.slice(start, start + length), start + length)
        return this.token('dollar', at < 0 ? -1 : at + length)
      }
    }
    if (rules.dollarWords && continuesWord(following)) return this.token('word', this.wordEnd(start + 1))
    const parameter = rules.parameterStarts.includes('$') && startsWord(following)
    this.token(parameter ? 'parameter' : 'operator', parameter ? this.wordEnd(start + 1) : start + 1)
  }

  private wordEnd(from: number): number {
    let at = from
    while (at < this.sql.length && continuesWord(this.sql.charCodeAt(at))) at++
    return at
  }

  /** `END$$`, `t1MySQL`: the client finds its delimiter also inside what would otherwise be one token. */
  private cutAtDelimiter(): void {
    if (this.kind !== 'word' && this.kind !== 'space' && this.kind !== 'operator' && this.kind !== 'number' && this.kind !== 'parameter')
      return
    const { delimiter, sql, start } = this
    for (let at = start + 1; at < this.end; at++) {
      if (sql.startsWith(delimiter, at)) {
        this.end = at
        return
      }
    }
  }
}
