import type { Fact, IndexKey } from '@yama/schema'
import { quoteName } from '../text/names.ts'

export function renderIndex({ name, payload }: Fact<'index'>, table: string): string {
  const keys = payload.keys.map(renderKey).join(', ')
  const where = payload.where === undefined ? '' : ` WHERE ${payload.where}`
  return `CREATE ${payload.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(name)} ON ${quoteName(table)} (${keys})${where}`
}

function renderKey(key: IndexKey): string {
  const what = key.column === undefined ? `(${key.expression ?? ''})` : quoteName(key.column)
  return `${what}${key.collation === undefined ? '' : ` COLLATE ${quoteName(key.collation)}`}${key.descending === true ? ' DESC' : ''}`
}
