import { quoteIdentifier, quoteLiteral } from '@yama/sql'

export function identifier(name: string): string {
  return quoteIdentifier(name, 'postgres')
}

export function literal(text: string): string {
  return quoteLiteral(text, 'postgres')
}

/**
 * Always with its schema, `public` too: a statement then means the same object whatever `search_path` the role that
 * runs it has, and reads like the expressions beside it, which the server prints the same way.
 */
export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`
}

/** A collation as the server prints it stays as it is; a bare name such as `C` or `en_US.utf8` is quoted, for its case counts. */
export function collationName(text: string): string {
  return text.includes('"') || /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/.test(text) ? text : identifier(text)
}
