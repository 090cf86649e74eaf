import type { Migration, SourcePosition } from '../contract/migration.ts'
import { closestName } from '../errors/closest-name.ts'
import { coreErrors } from '../errors/errors.ts'

/** What `applies-to` may ask about. A value is undefined where it is not known, which is refused when it is asked for. */
export interface Attributes {
  readonly dialect: string
  readonly project: string
  readonly environment: string | undefined
}

/** A string, a word, `!=` or `<>`, or one sign. */
const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)|(!=|<>|[=(),]))/y

/**
 * Whether a migration is for this database: its `applies-to` is true of the attributes, or it has none. The expression has `=`, `!=`,
 * `in ('a', 'b')`, `not`, `and`, `or` and parentheses; values are strings, compared exactly.
 * Throws YAMA_APPLIES_TO_INVALID, with the line of the expression, where it cannot be read or asks for what is not known here.
 *
 * @example appliesHere(migration, { dialect: 'sqlite', project: 'default', environment: 'dev' })
 */
export function appliesHere(migration: Migration, attributes: Attributes): boolean {
  const { appliesTo } = migration
  if (appliesTo === undefined) return true
  const refuse = (problem: string): Error =>
    coreErrors.YAMA_APPLIES_TO_INVALID(
      { file: migration.file, expression: appliesTo, problem, known: Object.keys(attributes).join(', ') },
      { position: lineOf(migration) },
    )
  const tokens = tokensOf(appliesTo, refuse)
  let at = 0
  const isWord = (word: string): boolean => tokens[at]?.word?.toLowerCase() === word
  const isSign = (...signs: readonly string[]): boolean => signs.includes(tokens[at]?.sign ?? '')
  const take = (found: boolean, wanted: string): void => {
    if (!found)
      throw refuse(`is not an expression: ${wanted} is missing ${at < tokens.length ? `before \`${shown(tokens[at])}\`` : 'at its end'}`)
    at += 1
  }
  const text = (): string => {
    const value = tokens[at]?.text
    take(value !== undefined, "a value in quotes, such as 'prod',")
    return value ?? ''
  }
  const comparison = (): boolean => {
    const name = tokens[at]?.word
    take(name !== undefined, 'a name')
    const actual = valueOf(name ?? '', attributes, refuse)
    const negated = isWord('not')
    if (negated) at += 1
    if (negated || isWord('in')) {
      take(isWord('in'), '`in`')
      take(isSign('('), '`(`')
      let found = text() === actual
      while (isSign(',')) {
        at += 1
        found = text() === actual || found
      }
      take(isSign(')'), '`)`')
      return found !== negated
    }
    const equal = isSign('=')
    take(equal || isSign('!=', '<>'), '`=`, `!=` or `in`')
    return (text() === actual) === equal
  }
  const term = (): boolean => {
    if (isWord('not')) {
      at += 1
      return !term()
    }
    if (!isSign('(')) return comparison()
    at += 1
    const value = either()
    take(isSign(')'), '`)`')
    return value
  }
  // Both sides are read whatever the first one says, so that a mistake in the second is found.
  const both = (): boolean => {
    let value = term()
    while (isWord('and')) {
      at += 1
      value = term() && value
    }
    return value
  }
  const either = (): boolean => {
    let value = both()
    while (isWord('or')) {
      at += 1
      value = both() || value
    }
    return value
  }
  const value = either()
  if (at < tokens.length) throw refuse(`is not an expression: \`${shown(tokens[at])}\` is too much`)
  return value
}

interface Token {
  readonly text?: string
  readonly word?: string
  readonly sign?: string
}

const shown = (token: Token | undefined): string => token?.text ?? token?.word ?? token?.sign ?? ''

function tokensOf(expression: string, refuse: (problem: string) => Error): readonly Token[] {
  const tokens: Token[] = []
  const scan = new RegExp(TOKEN)
  const end = expression.trimEnd().length
  for (let from = 0; from < end; from = scan.lastIndex) {
    scan.lastIndex = from
    const match = scan.exec(expression)
    if (match === null) throw refuse(`is not an expression: it cannot be read from \`${expression.slice(from).trim()}\` on`)
    const [, text, word, sign] = match
    tokens.push(text !== undefined ? { text: text.replaceAll("''", "'") } : word !== undefined ? { word } : { sign: sign ?? '' })
  }
  return tokens
}

function valueOf(name: string, attributes: Attributes, refuse: (problem: string) => Error): string {
  const known: Readonly<Record<string, string | undefined>> = { ...attributes }
  if (!Object.hasOwn(known, name)) {
    const near = closestName(name, Object.keys(known))
    throw refuse(`asks for \`${name}\`, which nothing here knows${near === undefined ? '' : `; \`${near}\` is known`}`)
  }
  const value = known[name]
  if (value === undefined) throw refuse(`asks for \`${name}\`, and this run has none`)
  return value
}

function lineOf({ file, body }: Migration): SourcePosition {
  const start = body.search(/applies-?to/i)
  return { file, line: start < 0 ? 1 : body.slice(0, start).split('\n').length, column: 1 }
}
