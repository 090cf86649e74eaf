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
