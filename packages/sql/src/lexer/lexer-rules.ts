import type { DatabaseKind } from '@yama/core'

/** How a database reads text: what quotes, comments and bodies look like. Plain data, one set per database. */
export interface LexerRules {
  readonly kind: DatabaseKind
  /** A backslash escapes the next character in plain strings. */
  readonly backslashInStrings: boolean
  /** `E'…'`, `U&'…'` and `$tag$ … $tag$`. */
  readonly postgresStrings: boolean
  /** `"…"` is a string, as MySQL has it without ANSI_QUOTES. */
  readonly doubleQuotedStrings: boolean
  readonly backtickIdentifiers: boolean
  readonly bracketIdentifiers: boolean
  readonly nestedComments: boolean
  /** A block comment may run to the end of the text. */
  readonly openComments: boolean
  /** `--` starts a comment only before white space. */
  readonly dashNeedsSpace: boolean
  readonly hashComments: boolean
  /** A carriage return alone ends a line comment. */
  readonly carriageReturnEndsLine: boolean
  /** Block comments which start with an exclamation mark, whose content the server runs. */
  readonly conditionalComments: boolean
  /** Words may start with `$`. */
  readonly dollarWords: boolean
  /** `longest`: PostgreSQL's rule for operators of any length; otherwise those of the list, longest first. */
  readonly operators: 'longest' | readonly string[]
  /** Characters which start a parameter or variable. */
  readonly parameterStarts: string
  /** Backslash commands of psql are recognised, so that they can be refused by name. */
  readonly psqlCommands: boolean
  /** `DELIMITER xx`, a command of the mysql client. */
  readonly delimiterCommand: boolean
  /** Routines are written as in Oracle: `PROCEDURE p AS n INT; BEGIN … END`. */
  readonly oracleBodies?: boolean
}

const mysql: LexerRules = {
  kind: 'mysql',
  backslashInStrings: true,
  postgresStrings: false,
  doubleQuotedStrings: true,
  backtickIdentifiers: true,
  bracketIdentifiers: false,
  nestedComments: false,
  openComments: false,
  dashNeedsSpace: true,
  hashComments: true,
  carriageReturnEndsLine: false,
  conditionalComments: true,
  dollarWords: true,
  operators: ['<=>', '->>', '->', '<=', '>=', '<>', '!=', ':=', '<<', '>>', '||', '&&', '@@'],
  parameterStarts: '@',
  psqlCommands: false,
  delimiterCommand: true,
}

/** The rules of every database. */
export const lexerRules = {
  postgres: {
    kind: 'postgres',
    backslashInStrings: false,
    postgresStrings: true,
    doubleQuotedStrings: false,
    backtickIdentifiers: false,
    bracketIdentifiers: false,
    nestedComments: true,
    openComments: false,
    dashNeedsSpace: false,
    hashComments: false,
    carriageReturnEndsLine: true,
    conditionalComments: false,
    dollarWords: false,
    operators: 'longest',
    parameterStarts: '',
    psqlCommands: true,
    delimiterCommand: false,
  },
  sqlite: {
    kind: 'sqlite',
    backslashInStrings: false,
    postgresStrings: false,
    doubleQuotedStrings: false,
    backtickIdentifiers: true,
    bracketIdentifiers: true,
    nestedComments: false,
    openComments: true,
    dashNeedsSpace: false,
    hashComments: false,
    carriageReturnEndsLine: false,
    conditionalComments: false,
    dollarWords: false,
    operators: ['->>', '->', '<=', '>=', '<>', '!=', '==', '<<', '>>', '||'],
    parameterStarts: ':@$#',
    psqlCommands: false,
    delimiterCommand: false,
  },
  mysql,
  mariadb: { ...mysql, kind: 'mariadb' },
} as const satisfies Record<DatabaseKind, LexerRules>
