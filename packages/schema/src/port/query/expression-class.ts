import type { Expression, PortFunction } from '../../contract/expression.ts'
import type { PortableType } from '../../contract/type-mapping.ts'

/** What may be compared with each other on every database; `literal` is a text that takes the kind of its other side. */
export type ExpressionClass = 'number' | 'text' | 'boolean' | 'date' | 'moment' | 'uuid' | 'literal'

const OF_TYPE: Readonly<Record<string, ExpressionClass>> = {
  ...{ smallint: 'number', int: 'number', bigint: 'number', decimal: 'number', float: 'number', double: 'number' },
  ...{ string: 'text', char: 'text', text: 'text', citext: 'text', boolean: 'boolean', uuid: 'uuid' },
  ...{ date: 'date', timestamp: 'moment', timestamplocal: 'moment' },
}
const OF_CALL: Readonly<Partial<Record<PortFunction, ExpressionClass>>> = {
  ...{ count: 'number', sum: 'number', char_length: 'number', octet_length: 'number', abs: 'number', round: 'number', ceiling: 'number' },
  ...{ floor: 'number', position: 'number', epoch: 'number', lower: 'text', upper: 'text', trim: 'text', ltrim: 'text', rtrim: 'text' },
  ...{ concat: 'text', replace: 'text', substr: 'text', left: 'text', right: 'text', md5: 'text', now: 'moment', today: 'date' },
}

export const classOfType = (type: PortableType | undefined): ExpressionClass | undefined =>
  type === undefined || type.array > 0 ? undefined : OF_TYPE[type.name]

/** The kind of an expression's value; undefined where it is not certain. */
export function classOf(expression: Expression, typeOf: (column: Expression) => PortableType | undefined): ExpressionClass | undefined {
  const first = (parts: readonly Expression[]): ExpressionClass | undefined => {
    const found = parts.map((part) => classOf(part, typeOf))
    return found.find((each) => each !== 'literal') ?? (found.includes('literal') ? 'literal' : undefined)
  }
  switch (expression.kind) {
    case 'column':
      return classOfType(typeOf(expression))
    case 'string':
    case 'null':
      return 'literal'
    case 'number':
    case 'negative':
      return 'number'
    case 'boolean':
    case 'not':
    case 'is':
    case 'distinct':
    case 'in':
    case 'between':
    case 'like':
      return 'boolean'
    case 'binaryOperation':
      return /^[-+*/%]$/.test(expression.operator) ? 'number' : 'boolean'
    case 'case':
      return first([
        ...expression.branches.map(({ value }) => value),
        ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
      ])
    case 'cast':
      return classOfType(expression.type)
    case 'call':
      return (
        OF_CALL[expression.name] ??
        (['coalesce', 'nullif', 'min', 'max'].includes(expression.name) ? first(expression.arguments) : undefined)
      )
    default:
      return undefined
  }
}

const TEXT_OF: Readonly<Partial<Record<ExpressionClass, RegExp>>> = {
  number: /^-?\d+(?:\.\d+)?$/,
  date: /^(?!0000)\d{4}-(?!00)\d\d-(?!00)\d\d$/,
  moment: /^(?!0000)\d{4}-(?!00)\d\d-(?!00)\d\d(?: \d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/,
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  text: /^/,
}

/** True where every database compares the values of all of these alike. */
export function comparable(parts: readonly Expression[], typeOf: (column: Expression) => PortableType | undefined): boolean {
  const classes = parts.map((part) => classOf(part, typeOf))
  const [kind = 'text', ...others] = [...new Set(classes.filter((each) => each !== 'literal'))]
  if (others.length > 0 || classes.includes(undefined)) return false
  return parts.every((part) => part.kind !== 'string' || TEXT_OF[kind]?.test(part.value) === true)
}

const TYPE_OF = {
  number: 'decimal',
  text: 'text',
  boolean: 'boolean',
  date: 'date',
  moment: 'timestamp',
  uuid: 'uuid',
} as const satisfies Record<Exclude<ExpressionClass, 'literal'>, PortableType['name']>

/** A type whose values behave as those of the expression do; undefined where that is not certain. */
export function typeOfExpression(
  expression: Expression,
  typeOf: (column: Expression) => PortableType | undefined,
): PortableType | undefined {
  if (expression.kind === 'column') return typeOf(expression)
  const found = classOf(expression, typeOf)
  return found === undefined ? undefined : { name: found === 'literal' ? 'text' : TYPE_OF[found], parameters: [], array: 0 }
}
