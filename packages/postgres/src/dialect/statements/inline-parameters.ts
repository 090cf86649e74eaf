import { lexerRules, tokenize } from '@yama/sql'
import { literal } from '../../types/quoted.ts'
import { postgresErrors } from '../../errors/errors.ts'
import { toText } from '../values/to-text.ts'

/** The statement with its `$1` written out as quoted literals, for the simple protocol, which has no parameters. */
export function inlineParameters(sql: string, parameters: readonly unknown[]): string {
  if (parameters.length === 0) return sql
  return tokenize(sql, lexerRules.postgres)
    .map((token) => (token.kind === 'parameter' ? inlined(token.text, parameters) : token.text))
    .join('')
}

function inlined(token: string, parameters: readonly unknown[]): string {
  const number = Number(token.slice(1))
  if (!(number >= 1 && number <= parameters.length))
    throw postgresErrors.YAMA_POSTGRES_PARAMETER({ number: token.slice(1), given: parameters.length })
  const text = toText(parameters[number - 1])
  // The space keeps `IN$1` and `-$1` apart from what they follow.
  return text === null ? ' NULL' : ` ${literal(text)}`
}
