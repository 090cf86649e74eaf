import { PORTABLE_TYPES, type PortableTypeName } from '@yama/schema'

/** Other spellings of portable types. */
export const typeAliases: Readonly<Record<string, PortableTypeName>> = {
  integer: 'int',
  int4: 'int',
  int2: 'smallint',
  bool: 'boolean',
  varchar: 'string',
  numeric: 'decimal',
  real: 'float',
  timestamptz: 'timestamp',
  datetime: 'timestamp',
  bytea: 'binary',
  blob: 'binary',
  duration: 'interval',
}

/** Further spellings of the earlier format. */
export const earlierAliases: Readonly<Record<string, PortableTypeName>> = {
  email: 'string',
  url: 'text',
  phone: 'string',
  slug: 'string',
  int8: 'smallint',
  int16: 'smallint',
  int32: 'int',
  int64: 'bigint',
  uint: 'bigint',
  datetimetz: 'timestamp',
  datetimelocal: 'timestamplocal',
  timestamplocal: 'timestamplocal',
  base64: 'text',
}

const portable: ReadonlySet<string> = new Set(PORTABLE_TYPES)

export function portableName(word: string, earlier: boolean): PortableTypeName | undefined {
  if (portable.has(word)) return word as PortableTypeName
  return typeAliases[word] ?? (earlier ? earlierAliases[word] : undefined)
}

/** Least and most parameters. */
const counts: Readonly<Partial<Record<PortableTypeName, readonly [number, number]>>> = {
  string: [0, 1],
  char: [0, 1],
  decimal: [0, 2],
  time: [0, 1],
  timetz: [0, 1],
  timestamp: [0, 1],
  timestamplocal: [0, 1],
  interval: [0, 1],
  bit: [0, 1],
  varbit: [0, 1],
  binary: [0, 1],
  float: [0, 1],
}

/** What is wrong with the parameters, or undefined. */
export function parameterProblem(
  name: PortableTypeName,
  parameters: readonly number[],
): { readonly problem: string; readonly fix: string } | undefined {
  const [, most] = counts[name] ?? [0, 0]
  if (parameters.length > most) {
    const takes = most === 0 ? 'none' : most === 1 ? 'one' : 'two'
    return {
      problem: `${name} takes ${takes}, here are ${parameters.length}`,
      fix: most === 0 ? `Write \`${name}\` without parentheses.` : `Write \`${name}(${parameters.slice(0, most).join(', ')})\`.`,
    }
  }
  const [first, second] = parameters
  if (/^time|^interval/.test(name))
    return first !== undefined && first > 6
      ? { problem: `the precision ${first} is over 6`, fix: `Write a precision from 0 to 6.` }
      : undefined
  if (first === 0) return { problem: 'the length is 0', fix: 'Write a length of at least 1.' }
  if (first !== undefined && second !== undefined && second > first)
    return {
      problem: `the scale ${second} is over the precision ${first}`,
      fix: `Write \`decimal(${Math.max(first, second)}, ${Math.min(first, second)})\`.`,
    }
  return undefined
}
