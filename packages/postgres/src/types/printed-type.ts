/** A type as `format_type` prints it, taken apart. */
export interface PrintedType {
  /** Without parameters: `timestamp with time zone`. */
  readonly base: string
  readonly parameters: readonly number[]
  readonly array: boolean
}

export function printedType(text: string): PrintedType {
  const array = text.endsWith('[]')
  const plain = array ? text.slice(0, -2) : text
  const match = /^([^(]+?)\s*\((\d+(?:,-?\d+)?)\)(.*)$/.exec(plain)
  if (match === null) return { base: plain, parameters: [], array }
  return { base: `${match[1]}${match[3]}`, parameters: (match[2] ?? '').split(',').map(Number), array }
}
