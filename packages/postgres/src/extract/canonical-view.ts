import { lexerRules, tokenize, type Token } from '@yama/sql'

/**
 * A view's query as PostgreSQL 16 and later print it: where the outermost query reads one relation only, its columns stand
 * without that relation's name. Servers before print it always, though both mean the same. What a newer server printed
 * comes back unchanged.
 */
export function canonicalViewQuery(query: string): string {
  const tokens = tokenize(query, lexerRules.postgres).filter(({ kind }) => kind !== 'comment')
  const outer = outermost(tokens)
  const relation = onlyRelation(outer)
  if (relation === undefined) return query
  const hidden = aliases(outer)
  let sorted = false
  const dropped = new Set<Token>()
  for (const [index, { token, depth }] of outer.entries()) {
    const [before, point, name, after] = [outer[index - 1], outer[index + 1], outer[index + 2], outer[index + 3]]
    if (depth === 0) sorted = sortedBy(token, outer, index, sorted)
    const isColumn =
      token.text === relation.name &&
      point?.token.text === '.' &&
      isName(name?.token) &&
      after?.token.text !== '(' &&
      after?.token.text !== '.'
    const standsFree = before?.token.text !== '.' && before?.token.text !== '::'
    if (!isColumn || !standsFree || (index >= relation.from && index < relation.to)) continue
    // There a bare name would mean the output column of that name, as the server knows too.
    const standsAlone = depth === 0 ? sorted : depth === 1 && isDistinctOn(outer, index)
    if (standsAlone && hidden.has(name?.token.text ?? '')) continue
    dropped.add(token).add(point.token)
  }
  return dropped.size === 0
    ? query
    : tokens
        .filter((token) => !dropped.has(token))
        .map(({ text }) => text)
        .join('')
}

interface Placed {
  readonly token: Token
  readonly depth: number
}

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'identifier'
const word = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '')
const QUERY_STARTS: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES'])

/** Tokens of the outermost query, without white space and without the queries in parentheses. */
function outermost(tokens: readonly Token[]): readonly Placed[] {
  const placed: Placed[] = []
  const solid = tokens.filter(({ kind }) => kind !== 'space')
  let depth = 0
  let inner = 0
  for (const [index, token] of solid.entries()) {
    if (token.kind === 'close') depth--
    if (inner > 0 && depth < inner) inner = 0
    if (inner === 0) placed.push({ token, depth })
    if (token.kind === 'open') {
      depth++
      if (inner === 0 && QUERY_STARTS.has(word(solid[index + 1]))) inner = depth
    }
  }
  return placed
}

const AFTER_FROM: ReadonlySet<string> = new Set(['WHERE', 'GROUP', 'HAVING', 'WINDOW', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH', 'FOR'])
const SET_OPERATIONS: ReadonlySet<string> = new Set(['UNION', 'INTERSECT', 'EXCEPT'])

/** The one relation that the query reads, under the name its columns are printed with, and where its item of FROM stands. */
function onlyRelation(outer: readonly Placed[]): { readonly name: string; readonly from: number; readonly to: number } | undefined {
  if (outer.some(({ token, depth }) => depth === 0 && SET_OPERATIONS.has(word(token)))) return undefined
  const from =
    outer.findIndex(({ token, depth }, index) => depth === 0 && word(token) === 'FROM' && word(outer[index - 1]?.token) !== 'DISTINCT') + 1
  if (from === 0) return undefined
  const next = outer.findIndex(({ token, depth }, index) => index > from && depth === 0 && AFTER_FROM.has(word(token)))
  const to = next === -1 ? outer.length : next
  const item = outer.slice(from, to)
  const isJoin = item.some(({ token, depth }) => (depth === 0 && token.text === ',') || word(token) === 'JOIN')
  if (isJoin) return undefined
  const name = itemName(item)
  return name === undefined ? undefined : { name, from, to }
}

/** `app.child c` is c, `app.child` is child, `( SELECT … ) x(a, b)` is x, `generate_series(1, 3) g(g)` is g. */
function itemName(item: readonly Placed[]): string | undefined {
  const flat = item.filter(({ depth }) => depth === 0)
  const end = flat.findIndex(({ token }) => word(token) === 'TABLESAMPLE')
  const names = (end === -1 ? flat : flat.slice(0, end)).filter(
    ({ token }) => isName(token) && word(token) !== 'AS' && word(token) !== 'ORDINALITY',
  )
  return names.at(-1)?.token.text
}

/** Names of the output columns that are not the column of that name. */
function aliases(outer: readonly Placed[]): ReadonlySet<string> {
  const names = outer.flatMap(({ token, depth }, index) =>
    depth === 0 && word(token) === 'AS' ? [outer[index + 1]?.token.text ?? ''] : [],
  )
  return new Set(names)
}

/** True between ORDER BY and what follows it. */
function sortedBy(token: Token, outer: readonly Placed[], index: number, before: boolean): boolean {
  if (word(token) === 'ORDER' && word(outer[index + 1]?.token) === 'BY') return true
  return before && !AFTER_FROM.has(word(token))
}

/** True inside `DISTINCT ON (…)`. */
function isDistinctOn(outer: readonly Placed[], index: number): boolean {
  let open = index
  while (open > 0 && (outer[open]?.depth ?? 0) > 0) open--
  return word(outer[open - 1]?.token) === 'ON' && word(outer[open - 2]?.token) === 'DISTINCT'
}
