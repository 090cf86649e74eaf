import { quoteIdentifier, quoteLiteral } from '@yama/sql'

/** A name, quoted only where it must be; what is reserved on either server is quoted on both. */
export const quoteName = (name: string): string => quoteIdentifier(name, 'mysql')

export const quoteNames = (names: readonly string[]): string => names.map(quoteName).join(', ')

export const literal = (text: string): string => quoteLiteral(text, 'mysql')

/** Always in backticks, as the server prints names. */
export const backticked = (name: string): string => `\`${name.replaceAll('`', '``')}\``
