export const LF = 10
export const CR = 13
export const DOUBLE = 34
export const HASH = 35
export const DOLLAR = 36
export const AMPERSAND = 38
export const SINGLE = 39
export const OPEN = 40
export const CLOSE = 41
export const STAR = 42
export const PLUS = 43
export const MINUS = 45
export const DOT = 46
export const SLASH = 47
export const SEMICOLON = 59
export const AT = 64
export const BRACKET = 91
export const BACKSLASH = 92
export const BACKTICK = 96
const BYTE_ORDER_MARK = 0xfeff

const table = (characters: string): Uint8Array => {
  const set = new Uint8Array(128)
  for (const character of characters) set[character.charCodeAt(0)] = 1
  return set
}
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'
const digits = '0123456789'
const starts = table(letters)
const continues = table(`${letters}${digits}$`)
const spaces = table(' \t\n\r\f\v')
const operators = table('+-*/<>=~!@#%^&|`?')

const specials = table('~!@#%^&|`?')

/** Letters, underscore and everything beyond ASCII. */
export const startsWord = (code: number): boolean => (code < 128 ? starts[code] === 1 : code !== BYTE_ORDER_MARK)
export const continuesWord = (code: number): boolean => (code < 128 ? continues[code] === 1 : code !== BYTE_ORDER_MARK)
export const isSpace = (code: number): boolean => (code < 128 ? spaces[code] === 1 : code === BYTE_ORDER_MARK)
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** The characters which PostgreSQL builds operators of. */
export const isOperator = (code: number): boolean => code < 128 && operators[code] === 1
/** Those which allow an operator of PostgreSQL to end in a sign. */
export const isSpecialOperator = (code: number): boolean => code < 128 && specials[code] === 1
