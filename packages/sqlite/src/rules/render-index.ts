import type { Fact, IndexKey } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { closing, significant } from '../text/tokens.ts'

export function renderIndex({ name, payload }: Fact<'index'>, table: string): string {
  const keys = payload.keys.map(renderKey).join(', ')
  const where = payload.where === undefined ? '' : ` WHERE ${payload.where}`
  return `CREATE ${payload.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(name)} ON ${quoteName(table)} (${keys})${where}`
}

function renderKey(key: IndexKey): string {
  const what = key.column === undefined ? renderExpression(key.expression ?? '') : quoteName(key.column)
  return `${what}${key.collation === undefined ? '' : ` COLLATE ${quoteName(key.collation)}`}${key.descending === true ? ' DESC' : ''}`
}

/** A plain call stands without brackets, everything else in them. */
function renderExpression(expression: string): string {
  const tokens = significant(expression)
  const call = tokens[0]?.kind === 'word' && tokens[1]?.kind === 'open' && closing(tokens, 1) === tokens.length
  return call ? expression : `(${expression})`
}
