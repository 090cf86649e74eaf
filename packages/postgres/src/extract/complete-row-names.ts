import { lexerRules, tokenize, type Token } from '@yama/sql'
import { identifier, qualified } from '../types/quoted.ts'
import type { Catalogue } from './catalogue.ts'

/** Functions that return a row, by their printed name, with the names in that row as printed. */
export type RowNames = ReadonlyMap<string, readonly string[]>

/** A call in FROM with the names of what it returns: `app.session() session(a, b)`. */
const NAMED_ROW = /\)\s+"?[\p{L}_][^()]*\(/u

/**
 * `FROM app.session() session(a, b)` with the names that the row has got since. A rule or policy that was made when the row had fewer prints only
 * those, and is printed with all of them once it is made again from its own text. Only where the names are the beginning of the row's.
 */
export function completeRowNames(expression: string, rows: () => RowNames): string {
  if (!NAMED_ROW.test(expression)) return expression
  const tokens = tokenize(expression, lexerRules.postgres)
  const solid = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  const added = new Map<Token, string>()
  for (const [index, token] of solid.entries()) {
    if (token.text !== '(' || !isName(solid[index - 1]) || solid[index - 2]?.text !== ')') continue
    const open = opening(solid, index - 2)
    const row = open === undefined ? undefined : rows().get(calledAt(solid, open))
    if (row === undefined) continue
    const end = solid.findIndex((each, at) => at > index && each.text === ')')
    const names = solid.slice(index + 1, end).filter(({ text }) => text !== ',')
    const close = solid[end]
    const isBeginning = names.length < row.length && names.every(({ text }, at) => text === row[at])
    if (isBeginning && close !== undefined) added.set(close, `, ${row.slice(names.length).join(', ')}`)
  }
  return added.size === 0 ? expression : tokens.map((token) => (added.get(token) ?? '') + token.text).join('')
}

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'identifier'

function opening(tokens: readonly Token[], close: number): number | undefined {
  let depth = 0
  for (let index = close; index >= 0; index--) {
    if (tokens[index]?.kind === 'close') depth++
    if (tokens[index]?.kind === 'open' && --depth === 0) return index
  }
  return undefined
}

/** The name before the opening parenthesis, with its schema. */
const calledAt = (tokens: readonly Token[], open: number): string =>
  tokens[open - 2]?.text === '.' ? `${tokens[open - 3]?.text ?? ''}.${tokens[open - 1]?.text ?? ''}` : (tokens[open - 1]?.text ?? '')

/** Of overloaded functions nothing is said: only the server knows which one a call means. */
export function rowNames({ nodes }: Catalogue): RowNames {
  const types = new Map<string, readonly string[]>()
  const found = new Map<string, readonly string[]>()
  const overloaded = new Set<string>()
  for (const { fact } of nodes)
    if (fact?.kind === 'compositeType')
      types.set(
        qualified(fact.schema, fact.name),
        fact.payload.attributes.map(({ name }) => identifier(name)),
      )
  for (const { fact } of nodes) {
    if (fact?.kind !== 'function') continue
    const name = qualified(fact.schema, fact.payload.name)
    const row = types.get(fact.payload.outline?.replace(/^.* -> (?:SETOF )?/s, '') ?? '')
    if (found.has(name)) overloaded.add(name)
    found.set(name, row ?? [])
  }
  for (const name of overloaded) found.delete(name)
  return found
}
