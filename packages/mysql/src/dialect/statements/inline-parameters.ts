import { lexerRules, tokenize } from '@yama/sql'
import { mysqlErrors } from '../../errors/errors.ts'
import { toLiteral } from '../values/to-literal.ts'

/** The statement with its `?` written out as literals: the text protocol has no parameters and prints every value alike. */
export function inlineParameters(sql: string, parameters: readonly unknown[]): string {
  if (parameters.length === 0) return sql
  let next = 0
  const text = tokenize(sql, lexerRules.mysql)
    .map((token) => (token.kind === 'operator' && token.text === '?' ? ` ${toLiteral(parameters[next++])} ` : token.text))
    .join('')
  if (next !== parameters.length) throw mysqlErrors.YAMA_MYSQL_PARAMETER({ wanted: next, given: parameters.length })
  return text
}
