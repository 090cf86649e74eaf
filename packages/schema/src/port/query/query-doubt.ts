import type { Expression, PortFunction } from '../../contract/expression.ts'
import type { Query } from '../../contract/query.ts'
import type { PortableType } from '../../contract/type-mapping.ts'
import { sameValue } from '../../hash/same-value.ts'
import { partsOf } from '../expression/map-expression.ts'
import { classOf, comparable } from './expression-class.ts'

type TypeOf = (column: Expression) => PortableType | undefined

const AGGREGATES: ReadonlySet<PortFunction> = new Set(['count', 'sum', 'avg', 'min', 'max'])
const OF_TEXT: ReadonlySet<PortFunction> = new Set([
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'char_length',
  'replace',
  'md5',
  'position',
])
const PLAIN: ReadonlySet<PortFunction> = new Set(['now', 'today', 'epoch', 'gen_uuid'])

export interface QueryDoubts {
  readonly typeOf: TypeOf
  /** One of the two puts nulls first and the other last. */
  readonly nullsDiffer: boolean
  readonly isNeverNull: (column: Expression) => boolean
}

/** What of a query two databases may answer differently; undefined where nothing. */
export function queryDoubt(query: Query, { typeOf, nullsDiffer, isNeverNull }: QueryDoubts): string | undefined {
  const conditions = [query.where, query.having, ...query.sources.map(({ on }) => on)].filter((each) => each !== undefined)
  const values = query.items.flatMap((item) => (item.kind === 'value' ? [item.value] : []))
  const orders = query.orderBy.map(({ value }) => value)
  const all = [...conditions, ...values, ...query.groupBy, ...orders]
  for (const each of all) {
    const found = doubtOf(each, typeOf)
    if (found !== undefined) return found
  }
  if (conditions.some((each) => classOf(each, typeOf) !== 'boolean')) return 'a condition that is no comparison'
  if (query.items.some((item) => item.kind === 'value' && item.name === undefined && item.value.kind !== 'column'))
    return 'a column without a name'
  if ([...query.groupBy, ...orders].some(({ kind }) => kind === 'number')) return 'a column by its number'
  const grouped = query.groupBy.length > 0 || all.some(hasAggregate)
  if (
    grouped &&
    (query.items.some(({ kind }) => kind === 'all') || ![...values, ...orders, ...having(query)].every((each) => isGrouped(each, query)))
  )
    return 'a column that is neither grouped nor counted'
  if (query.distinct && orders.some((each) => !values.some((value) => sameValue(value, each)))) return 'an order by what is not in the list'
  const mayBeNull = orders.some((each) => !isNeverNull(each) || query.sources.some(({ join }) => join === 'left'))
  return nullsDiffer && mayBeNull ? 'the place of nulls in the order' : undefined
}

const having = ({ having: condition }: Query): readonly Expression[] => (condition === undefined ? [] : [condition])
const isAggregate = (each: Expression): boolean => each.kind === 'call' && AGGREGATES.has(each.name)
const hasAggregate = (each: Expression): boolean => isAggregate(each) || partsOf(each).some(hasAggregate)

function isGrouped(each: Expression, query: Query): boolean {
  if (isAggregate(each) || query.groupBy.some((group) => sameValue(group, each))) return true
  return each.kind !== 'column' && partsOf(each).every((part) => isGrouped(part, query))
}

function doubtOf(each: Expression, typeOf: TypeOf): string | undefined {
  for (const part of partsOf(each)) {
    const found = doubtOf(part, typeOf)
    if (found !== undefined) return found
  }
  const is = (part: Expression, ...kinds: readonly string[]): boolean => kinds.includes(classOf(part, typeOf) ?? '')
  switch (each.kind) {
    case 'binaryOperation': {
      const { operator, left, right } = each
      if (operator === 'and' || operator === 'or')
        return is(left, 'boolean') && is(right, 'boolean') ? undefined : 'a condition that is no comparison'
      if (operator === '/' || operator === 'regexp') return `the operator ${operator}`
      if (/^[-+*%]$/.test(operator)) return is(left, 'number') && is(right, 'number') ? undefined : 'arithmetic with what is no number'
      return comparable([left, right], typeOf) ? undefined : 'a comparison of values of different kinds'
    }
    case 'distinct':
      return comparable([each.left, each.right], typeOf) ? undefined : 'a comparison of values of different kinds'
    case 'in':
    case 'between':
      return comparable(partsOf(each), typeOf) ? undefined : 'a comparison of values of different kinds'
    case 'not':
      return is(each.value, 'boolean') ? undefined : 'a condition that is no comparison'
    case 'is':
      return each.what === 'null' || is(each.value, 'boolean') ? undefined : 'a condition that is no comparison'
    case 'like':
      return is(each.value, 'text') && each.pattern.kind === 'string' ? undefined : 'a pattern over what is no text'
    case 'negative':
      return is(each.value, 'number') ? undefined : 'arithmetic with what is no number'
    case 'case':
      return caseDoubt(each, typeOf)
    case 'cast':
      return is(each.value, classOf(each, typeOf) ?? 'none') ? undefined : 'a conversion'
    case 'jsonPart':
      return 'a part of a JSON value'
    case 'call':
      return callDoubt(each, typeOf)
    default:
      return undefined
  }
}

function caseDoubt(each: Extract<Expression, { readonly kind: 'case' }>, typeOf: TypeOf): string | undefined {
  const { operand, branches, otherwise } = each
  const values = [...branches.map(({ value }) => value), ...(otherwise === undefined ? [] : [otherwise])]
  const tests = branches.map(({ when }) => when)
  const told = operand === undefined ? tests.every((when) => classOf(when, typeOf) === 'boolean') : comparable([operand, ...tests], typeOf)
  return told && comparable(values, typeOf) ? undefined : 'a CASE of values of different kinds'
}

function callDoubt({ name, arguments: given }: Extract<Expression, { readonly kind: 'call' }>, typeOf: TypeOf): string | undefined {
  const doubt = `the function ${name}`
  const [first] = given
  const classes = given.map((each) => classOf(each, typeOf))
  if (PLAIN.has(name) || name === 'count') return undefined
  if (first === undefined) return doubt
  if (name === 'coalesce' || name === 'nullif') return comparable(given, typeOf) ? undefined : doubt
  if (name === 'sum' || name === 'abs' || name === 'round' || name === 'ceiling' || name === 'floor')
    return given.length === 1 && classes[0] === 'number' ? undefined : doubt
  if (name === 'min' || name === 'max')
    return given.length === 1 && ['number', 'text', 'date', 'moment'].includes(classes[0] ?? '') ? undefined : doubt
  if (name === 'concat' || OF_TEXT.has(name)) return classes.every((each) => each === 'text' || each === 'literal') ? undefined : doubt
  if (name === 'substr' || name === 'left' || name === 'right')
    return classes[0] === 'text' && given.slice(1).every((each) => each.kind === 'number' && /^[1-9]\d*$/.test(each.text))
      ? undefined
      : doubt
  return doubt
}
