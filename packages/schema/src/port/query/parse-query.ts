import type { Expression, ExpressionToken } from '../../contract/expression.ts'
import type { Query, QueryItem, QuerySource } from '../../contract/query.ts'
import { createCursor, need, unknown, UNKNOWN, type ExpressionCursor } from '../expression/expression-cursor.ts'
import type { ExpressionSyntax } from '../expression/expression-syntax.ts'
import { createParser } from '../expression/parse-expression.ts'

/** What cannot be a name of its own in a query, so that an alias ends before it. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['from', 'where', 'group', 'having', 'order', 'limit', 'offset', 'union', 'intersect', 'except', 'join', 'inner', 'left', 'right'],
  ...['full', 'cross', 'natural', 'on', 'using', 'as', 'window', 'for', 'fetch', 'over', 'filter', 'lateral', 'partition', 'asc', 'desc'],
])

/** The plain SELECT that the tokens say: a list, joins, conditions, groups and an order. Undefined where they say anything else. */
export function parseQuery(tokens: readonly ExpressionToken[], syntax: ExpressionSyntax): Query | undefined {
  try {
    const cursor = createCursor(tokens)
    const query = takeQuery(cursor, createParser(cursor, syntax).either)
    cursor.takeText(';')
    return cursor.ended() ? query : undefined
  } catch (error) {
    if (error === UNKNOWN) return undefined
    throw error
  }
}

function takeQuery(cursor: ExpressionCursor, either: () => Expression): Query {
  const { takeWord, takeText, isWord } = cursor
  need(takeWord('select'))
  const distinct = takeWord('distinct')
  if (isWord('all') || (distinct && isWord('on'))) unknown()
  const items = listOf(cursor, () => takeItem(cursor, either))
  need(takeWord('from'))
  const sources = takeSources(cursor, either)
  while (takeText(','))
    sources.push(...takeSources(cursor, either).map((each, at) => (at === 0 ? { ...each, join: 'cross' as const } : each)))
  const where = takeWord('where') ? either() : undefined
  const groupBy = takeWord('group', 'by') ? listOf(cursor, either) : []
  const having = takeWord('having') ? either() : undefined
  const orderBy = takeWord('order', 'by') ? listOf(cursor, () => takeOrder(cursor, either)) : []
  return {
    distinct,
    items,
    sources,
    groupBy,
    orderBy,
    ...(where === undefined ? {} : { where }),
    ...(having === undefined ? {} : { having }),
  }
}

function listOf<T>(cursor: ExpressionCursor, take: () => T): readonly T[] {
  const found = [take()]
  while (cursor.takeText(',')) found.push(take())
  return found
}

function takeItem(cursor: ExpressionCursor, either: () => Expression): QueryItem {
  const { peek, isText, takeText, takeWord, skip } = cursor
  if (takeText('*')) return { kind: 'all' }
  if (isText('.', 1) && isText('*', 2)) {
    const table = takeName(cursor)
    skip()
    skip()
    return { kind: 'all', table }
  }
  const value = either()
  const name = takeWord('as') ? takeName(cursor, true) : isAlias(peek()) ? takeName(cursor) : undefined
  return { kind: 'value', value, ...(name === undefined ? {} : { name }) }
}

const isAlias = (token: ExpressionToken | undefined): boolean =>
  token?.kind === 'name' || (token?.kind === 'word' && !RESERVED.has(token.text.toLowerCase()))

function takeName(cursor: ExpressionCursor, any = false): string {
  const token = cursor.peek()
  if (token === undefined || !(isAlias(token) || (any && token.kind === 'word'))) return unknown()
  cursor.skip()
  return token.text
}

/** `a JOIN b ON … LEFT JOIN c ON …`, with brackets wherever nothing but the order of joining is said by them. */
function takeSources(cursor: ExpressionCursor, either: () => Expression): QuerySource[] {
  const { takeText, takeWord, isText } = cursor
  const found: QuerySource[] = []
  if (takeText('(')) {
    found.push(...takeSources(cursor, either))
    need(takeText(')'))
    // `(a JOIN b …) AS x` is one thing.
    if (isAlias(cursor.peek()) || cursor.isWord('as')) unknown()
  } else found.push(takeSource(cursor, 'first'))
  for (;;) {
    const join = takeJoin(takeWord)
    if (join === undefined) return found
    // What is joined as a whole to what stands before it.
    if (isText('(')) unknown()
    const source = takeSource(cursor, join)
    const on = takeWord('on') ? either() : undefined
    if (join === 'left' && on === undefined) unknown()
    found.push(on === undefined ? { ...source, join: 'cross' } : { ...source, join: join === 'left' ? 'left' : 'inner', on })
  }
}

function takeJoin(takeWord: ExpressionCursor['takeWord']): QuerySource['join'] | undefined {
  if (takeWord('left', 'join') || takeWord('left', 'outer', 'join')) return 'left'
  if (takeWord('cross', 'join')) return 'cross'
  return takeWord('join') || takeWord('inner', 'join') ? 'inner' : undefined
}

function takeSource(cursor: ExpressionCursor, join: QuerySource['join']): QuerySource {
  const first = takeName(cursor)
  const second = cursor.takeText('.') ? takeName(cursor) : undefined
  if (cursor.isText('(') || cursor.isText('.')) unknown()
  const alias = cursor.takeWord('as') || isAlias(cursor.peek()) ? takeName(cursor) : undefined
  return {
    join,
    ...(second === undefined ? { name: first } : { schema: first, name: second }),
    ...(alias === undefined ? {} : { alias }),
  }
}

function takeOrder(cursor: ExpressionCursor, either: () => Expression): Query['orderBy'][number] {
  const value = either()
  const descending = cursor.takeWord('desc')
  if (!descending) cursor.takeWord('asc')
  return { value, descending }
}
