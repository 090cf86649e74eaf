import type { BinaryOperator, Expression, PortFunction } from '../../contract/expression.ts'
import type { WrittenExpression } from '../../contract/port-dialect.ts'
import type { PortableType } from '../../contract/type-mapping.ts'

/** How one database writes what every database can say. Undefined is an answer: it cannot say that. */
export interface ExpressionPrinter {
  name(name: string): string
  text(value: string): string
  binary(hex: string): string
  boolean(value: boolean): string
  call(name: PortFunction, given: readonly string[], distinct: boolean): string | undefined
  /** Where the operator has other words, or does something else here. */
  operation(operator: BinaryOperator, left: string, right: string): string | undefined
  distinct(left: string, right: string, not: boolean): string
  like(value: string, pattern: string, insensitive: boolean, not: boolean, literal: string | undefined): string | undefined
  cast(value: string, type: PortableType, inside: Expression): string | undefined
  jsonPart(value: string, path: readonly (string | number)[], text: boolean): string | undefined
}

/** Names the first thing that has no words. */
class Unsaid {
  readonly problem: string
  constructor(problem: string) {
    this.problem = problem
  }
}

const LEVELS: Readonly<Record<string, number>> = { or: 1, and: 2, not: 3, compare: 4, sum: 6, product: 7, atom: 9 }
const LEVEL_OF: Readonly<Record<BinaryOperator, keyof typeof LEVELS>> = {
  or: 'or',
  and: 'and',
  '=': 'compare',
  '<>': 'compare',
  '<': 'compare',
  '<=': 'compare',
  '>': 'compare',
  '>=': 'compare',
  regexp: 'compare',
  '+': 'sum',
  '-': 'sum',
  '*': 'product',
  '/': 'product',
  '%': 'product',
}

const level = (expression: Expression): number => {
  switch (expression.kind) {
    case 'binaryOperation':
      return LEVELS[LEVEL_OF[expression.operator]] ?? 0
    case 'not':
      return LEVELS['not'] ?? 0
    case 'is':
    case 'distinct':
    case 'in':
    case 'between':
    case 'like':
      return LEVELS['compare'] ?? 0
    case 'negative':
      return LEVELS['product'] ?? 0
    default:
      return LEVELS['atom'] ?? 0
  }
}

/** The expression in the words of a database, or what it has no words for. */
export function printExpression(expression: Expression, printer: ExpressionPrinter): WrittenExpression {
  const inside = (each: Expression, outer: keyof typeof LEVELS): string => {
    const text = print(each)
    return level(each) > (LEVELS[outer] ?? 0) ? text : `(${text})`
  }
  const said = (text: string | undefined, what: string): string => {
    if (text === undefined) throw new Unsaid(what)
    return text
  }
  function print(each: Expression): string {
    switch (each.kind) {
      case 'string':
        return printer.text(each.value)
      case 'number':
        return each.text
      case 'boolean':
        return printer.boolean(each.value)
      case 'null':
        return 'NULL'
      case 'binary':
        return printer.binary(each.hex)
      case 'column':
        return each.table === undefined ? printer.name(each.name) : `${printer.name(each.table)}.${printer.name(each.name)}`
      case 'call':
        return said(printer.call(each.name, each.arguments.map(print), each.distinct === true), `the function ${each.name}`)
      case 'binaryOperation': {
        const own = LEVEL_OF[each.operator]
        // The right side of `-` and `/` keeps its brackets; AND and OR read better without them.
        const right = own === 'and' || own === 'or' ? looser(each.right, own) : inside(each.right, own)
        const left = own === 'compare' ? inside(each.left, own) : looser(each.left, own)
        return said(printer.operation(each.operator, left, right), `the operator ${each.operator}`)
      }
      case 'not':
        return `NOT ${inside(each.value, 'not')}`
      case 'negative':
        return `-${inside(each.value, 'product')}`
      case 'is': {
        const word = each.what.toUpperCase()
        return `${inside(each.value, 'compare')} IS ${each.not ? 'NOT ' : ''}${word}`
      }
      case 'distinct':
        return printer.distinct(inside(each.left, 'compare'), inside(each.right, 'compare'), each.not)
      case 'in':
        return `${inside(each.value, 'compare')} ${each.not ? 'NOT ' : ''}IN (${each.list.map(print).join(', ')})`
      case 'between':
        return `${inside(each.value, 'compare')} ${each.not ? 'NOT ' : ''}BETWEEN ${inside(each.low, 'compare')} AND ${inside(each.high, 'compare')}`
      case 'like': {
        const literal = each.pattern.kind === 'string' ? each.pattern.value : undefined
        const text = printer.like(inside(each.value, 'compare'), inside(each.pattern, 'compare'), each.insensitive, each.not, literal)
        return said(text, each.insensitive ? 'LIKE whatever the letters’ case' : 'LIKE that heeds the letters’ case')
      }
      case 'case': {
        const operand = each.operand === undefined ? '' : ` ${print(each.operand)}`
        const branches = each.branches.map(({ when, value }) => ` WHEN ${print(when)} THEN ${print(value)}`).join('')
        return `CASE${operand}${branches}${each.otherwise === undefined ? '' : ` ELSE ${print(each.otherwise)}`} END`
      }
      case 'cast':
        return said(printer.cast(print(each.value), each.type, each.value), `the conversion to ${each.type.name}`)
      case 'jsonPart':
        return said(printer.jsonPart(inside(each.value, 'product'), each.path, each.text), 'that part of a JSON value')
    }
  }
  function looser(each: Expression, own: keyof typeof LEVELS): string {
    const text = print(each)
    return level(each) >= (LEVELS[own] ?? 0) ? text : `(${text})`
  }
  try {
    return { sql: print(expression) }
  } catch (error) {
    if (error instanceof Unsaid) return { problem: `there is nothing for ${error.problem}` }
    throw error
  }
}
