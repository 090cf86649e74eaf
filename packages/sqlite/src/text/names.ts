import { quoteIdentifier } from '@yama/sql'

/** A name, quoted only where it needs to be. */
export const quoteName = (name: string): string => (name === '' ? '""' : quoteIdentifier(name, 'sqlite'))

export const quoteNames = (names: readonly string[]): string => names.map(quoteName).join(', ')

/** True for a word that SQLite never takes as a name without quotes. */
export const isReserved = (word: string): boolean => quoteIdentifier(word.toLowerCase(), 'sqlite').startsWith('"')

/** SQLite compares names without the case of ASCII letters. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
