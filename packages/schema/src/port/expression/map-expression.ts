import type { Expression } from '../../contract/expression.ts'

/** The expression with each part replaced, the innermost first. */
export function mapExpression(expression: Expression, change: (part: Expression) => Expression): Expression {
  const go = (part: Expression): Expression => mapExpression(part, change)
  switch (expression.kind) {
    case 'call':
      return change({ ...expression, arguments: expression.arguments.map(go) })
    case 'binaryOperation':
    case 'distinct':
      return change({ ...expression, left: go(expression.left), right: go(expression.right) })
    case 'not':
    case 'negative':
    case 'is':
    case 'cast':
    case 'jsonPart':
      return change({ ...expression, value: go(expression.value) })
    case 'in':
      return change({ ...expression, value: go(expression.value), list: expression.list.map(go) })
    case 'between':
      return change({ ...expression, value: go(expression.value), low: go(expression.low), high: go(expression.high) })
    case 'like':
      return change({ ...expression, value: go(expression.value), pattern: go(expression.pattern) })
    case 'case':
      return change({
        ...expression,
        ...(expression.operand === undefined ? {} : { operand: go(expression.operand) }),
        branches: expression.branches.map(({ when, value }) => ({ when: go(when), value: go(value) })),
        ...(expression.otherwise === undefined ? {} : { otherwise: go(expression.otherwise) }),
      })
    default:
      return change(expression)
  }
}

/** What an expression is made of, the next level only. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.arguments
    case 'binaryOperation':
    case 'distinct':
      return [expression.left, expression.right]
    case 'not':
    case 'negative':
    case 'is':
    case 'cast':
    case 'jsonPart':
      return [expression.value]
    case 'in':
      return [expression.value, ...expression.list]
    case 'between':
      return [expression.value, expression.low, expression.high]
    case 'like':
      return [expression.value, expression.pattern]
    case 'case':
      return [
        ...(expression.operand === undefined ? [] : [expression.operand]),
        ...expression.branches.flatMap(({ when, value }) => [when, value]),
        ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
      ]
    default:
      return []
  }
}

/** The columns that an expression names. */
export function columnsOf(expression: Expression): readonly string[] {
  const found = new Set<string>()
  mapExpression(expression, (part) => {
    if (part.kind === 'column') found.add(part.name)
    return part
  })
  return [...found]
}
