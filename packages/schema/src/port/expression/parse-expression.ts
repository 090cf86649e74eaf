import type { BinaryOperator, Expression, ExpressionToken } from '../../contract/expression.ts'
import type { ExpressionSyntax } from './expression-syntax.ts'
import { createCursor, type ExpressionCursor, need, unknown, UNKNOWN } from './expression-cursor.ts'
import { takeType } from './take-type.ts'

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const SUMS: Readonly<Record<string, BinaryOperator>> = { '+': '+', '-': '-' }
const PRODUCTS: Readonly<Record<string, BinaryOperator>> = { '*': '*', '/': '/', '%': '%' }

/** The expression that the tokens say; undefined where they say anything that not every database knows. */
export function parseExpression(tokens: readonly ExpressionToken[], syntax: ExpressionSyntax): Expression | undefined {
  try {
    const cursor = createCursor(tokens)
    const parser = createParser(cursor, syntax)
    const found = parser.either()
    return cursor.ended() ? found : undefined
  } catch (error) {
    if (error === UNKNOWN) return undefined
    throw error
  }
}

/** Reads one expression from where the cursor stands. */
export interface Parser {
  either(): Expression
}

export function createParser(cursor: ExpressionCursor, syntax: ExpressionSyntax): Parser {
  const { peek, isWord, isText, takeWord, takeText, skip } = cursor

  function either(): Expression {
    let left = both()
    while (takeWord('or') || (syntax.barsAreOr && takeText('||'))) left = { kind: 'binaryOperation', operator: 'or', left, right: both() }
    return left
  }

  function both(): Expression {
    let left = negation()
    while (takeWord('and') || takeText('&&')) left = { kind: 'binaryOperation', operator: 'and', left, right: negation() }
    return left
  }

  function negation(): Expression {
    if (takeWord('not') || takeText('!')) return { kind: 'not', value: negation() }
    return comparison()
  }

  function comparison(): Expression {
    let left = other()
    for (;;) {
      const next = comparisonAfter(left)
      if (next === undefined) return left
      left = next
    }
  }

  function comparisonAfter(left: Expression): Expression | undefined {
    if (takeWord('isnull')) return { kind: 'is', value: left, what: 'null', not: false }
    if (takeWord('notnull')) return { kind: 'is', value: left, what: 'null', not: true }
    if (takeWord('is')) return afterIs(left)
    const not = isWord('not') && ['in', 'between', 'like', 'ilike', 'regexp', 'glob'].some((word) => isWord(word, 1))
    if (not) skip()
    if (takeWord('in')) return { kind: 'in', value: left, list: list(), not }
    if (takeWord('between')) {
      const low = other()
      need(takeWord('and'))
      return { kind: 'between', value: left, low, high: other(), not }
    }
    for (const word of ['like', 'ilike'] as const)
      if (takeWord(word)) {
        const insensitive = word === 'ilike' || syntax.likeIgnoresCase
        const found: Expression = { kind: 'like', value: left, pattern: other(), insensitive, not }
        if (isWord('escape')) unknown()
        return found
      }
    if (takeWord('regexp') || takeWord('rlike')) {
      const found: Expression = { kind: 'binaryOperation', operator: 'regexp', left, right: other() }
      return not ? { kind: 'not', value: found } : found
    }
    if (not || isWord('glob') || isWord('collate')) unknown()
    const token = peek()
    const operator = token?.kind === 'operator' ? COMPARISONS[token.text] : undefined
    if (token?.kind === 'operator' && ['<=>', '~', '~*', '!~', '!~*', '~~', '!~~', '~~*', '!~~*'].includes(token.text)) {
      skip()
      return syntax.operation(token.text, left, other()) ?? unknown()
    }
    if (operator === undefined) return undefined
    skip()
    if (isWord('any') || isWord('some') || isWord('all')) return quantified(left, operator)
    return { kind: 'binaryOperation', operator, left, right: other() }
  }

  /** PostgreSQL prints `x IN (…)` as `x = ANY (ARRAY[…])`. */
  function quantified(left: Expression, operator: BinaryOperator): Expression {
    const every = isWord('all')
    skip()
    if (!((operator === '=' && !every) || (operator === '<>' && every))) unknown()
    need(isText('('))
    const values = arrayValues()
    return { kind: 'in', value: left, list: values, not: every }
  }

  /** `(ARRAY[a, b])`, in any number of brackets and casts. */
  function arrayValues(): readonly Expression[] {
    if (isText('(')) {
      skip()
      const values = arrayValues()
      need(takeText(')'))
      skipCasts()
      return values
    }
    need(takeWord('array'))
    need(takeText('['))
    const values = [either()]
    while (takeText(',')) values.push(either())
    need(takeText(']'))
    skipCasts()
    return values
  }

  function skipCasts(): void {
    while (takeText('::')) takeType(cursor)
  }

  function afterIs(left: Expression): Expression {
    const not = takeWord('not')
    if (takeWord('null')) return { kind: 'is', value: left, what: 'null', not }
    if (takeWord('true')) return { kind: 'is', value: left, what: 'true', not }
    if (takeWord('false')) return { kind: 'is', value: left, what: 'false', not }
    if (takeWord('distinct', 'from')) return { kind: 'distinct', left, right: other(), not }
    // SQLite compares any two values with IS.
    return { kind: 'distinct', left, right: other(), not: !not }
  }

  function list(): readonly Expression[] {
    need(takeText('('))
    if (isWord('select')) unknown()
    const values = [either()]
    while (takeText(',')) values.push(either())
    need(takeText(')'))
    return values
  }

  /** PostgreSQL's operators of any other name bind between comparisons and sums. */
  function other(): Expression {
    let left = sum()
    for (;;) {
      const token = peek()
      if (token?.kind !== 'operator' || !['||', '->', '->>', '#>', '#>>', '@>', '&', '|'].includes(token.text)) return left
      if (token.text === '||' && syntax.barsAreOr) return left
      skip()
      const right = sum()
      left = token.text === '||' ? concatenated(left, right) : (syntax.operation(token.text, left, right) ?? unknown())
    }
  }

  function sum(): Expression {
    let left = product()
    for (let found = operatorOf(SUMS); found !== undefined; found = operatorOf(SUMS))
      left = { kind: 'binaryOperation', operator: found, left, right: product() }
    return left
  }

  function product(): Expression {
    let left = unary()
    for (let found = operatorOf(PRODUCTS); found !== undefined; found = operatorOf(PRODUCTS))
      left = { kind: 'binaryOperation', operator: found, left, right: unary() }
    return left
  }

  function operatorOf(known: Readonly<Record<string, BinaryOperator>>): BinaryOperator | undefined {
    const token = peek()
    const found = token?.kind === 'operator' ? known[token.text] : undefined
    if (found !== undefined) skip()
    return found
  }

  function unary(): Expression {
    if (takeText('-')) return { kind: 'negative', value: unary() }
    if (takeText('+')) return unary()
    let value = primary()
    while (takeText('::')) value = castTo(value, takeType(cursor))
    return value
  }

  function castTo(value: Expression, sql: string): Expression {
    const type = syntax.type(sql)
    return type === undefined ? unknown() : { kind: 'cast', value, type }
  }

  function primary(): Expression {
    const token = peek() ?? unknown()
    skip()
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: token.text }
      case 'binary':
        return { kind: 'binary', hex: token.text }
      case 'number':
        return { kind: 'number', text: token.text }
      case 'open': {
        if (token.text !== '(' || isWord('select')) unknown()
        const inside = either()
        need(takeText(')'))
        return inside
      }
      case 'name':
        return qualified(token.text)
      case 'word':
        return afterWord(token.text)
      default:
        return unknown()
    }
  }

  function qualified(name: string): Expression {
    if (isText('(')) return unknown()
    if (!isText('.')) return { kind: 'column', name }
    skip()
    const second = peek()
    skip()
    if (second?.kind !== 'word' && second?.kind !== 'name') return unknown()
    if (isText('.') || isText('(')) return unknown()
    return { kind: 'column', table: name, name: second.text }
  }

  function afterWord(written: string): Expression {
    const word = written.toLowerCase()
    if (word === 'null') return { kind: 'null' }
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' }
    if (word === 'case') return cases()
    const isCall = isText('(')
    if (!isCall) {
      const meaning = syntax.word(word)
      if (meaning !== undefined) return meaning
      if (['select', 'exists', 'interval', 'array', 'row', 'end', 'then', 'when', 'else'].includes(word)) return unknown()
      return qualified(written)
    }
    skip()
    if (word === 'cast') {
      const value = either()
      need(takeWord('as'))
      const type = takeType(cursor)
      // MySQL states the character set of a text here.
      if (peek()?.kind === 'word') skip()
      need(takeText(')'))
      return castTo(value, type)
    }
    if (word === 'extract') {
      need(takeWord('epoch') && takeWord('from'))
      const moment = either()
      need(takeText(')'))
      return moment.kind === 'call' && moment.name === 'now' ? { kind: 'call', name: 'epoch', arguments: [] } : unknown()
    }
    const distinct = takeWord('distinct')
    const given: Expression[] = []
    if (takeText('*')) need(word === 'count')
    else if (!isText(')')) {
      given.push(either())
      while (takeText(',')) given.push(either())
    }
    need(takeText(')'))
    return syntax.call(word, given, distinct) ?? unknown()
  }

  function cases(): Expression {
    const operand = isWord('when') ? undefined : either()
    const branches: { readonly when: Expression; readonly value: Expression }[] = []
    while (takeWord('when')) {
      const when = either()
      need(takeWord('then'))
      branches.push({ when, value: either() })
    }
    const otherwise = takeWord('else') ? either() : undefined
    need(takeWord('end') && branches.length > 0)
    return {
      kind: 'case',
      ...(operand === undefined ? {} : { operand }),
      branches,
      ...(otherwise === undefined ? {} : { otherwise }),
    }
  }

  return { either }
}

/** One call for a chain of `||`. */
function concatenated(left: Expression, right: Expression): Expression {
  const parts = (each: Expression): readonly Expression[] => (each.kind === 'call' && each.name === 'concat' ? each.arguments : [each])
  return { kind: 'call', name: 'concat', arguments: [...parts(left), ...parts(right)] }
}
