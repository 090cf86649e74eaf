import type { Fact, IndexKey } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { columnList, tableOf } from './names.ts'
import { withParameters } from './storage-options.ts'

function key({ column, expression, collation, operatorClass, descending, nulls }: IndexKey): string {
  return [
    column === undefined ? wrapped(expression ?? '') : identifier(column),
    ...(collation === undefined ? [] : [`COLLATE ${collationName(collation)}`]),
    ...(operatorClass === undefined ? [] : [operatorClass]),
    ...(descending === true ? ['DESC'] : []),
    ...(nulls === undefined ? [] : [`NULLS ${nulls.toUpperCase()}`]),
  ].join(' ')
}

/** Extra parentheses never change an expression; `lower(email)` reads better without. */
function wrapped(expression: string): string {
  return /^[\w."]+\((?:[^()'"]|'[^']*')*\)$/.test(expression) ? expression : `(${expression})`
}

/** An index of a partitioned table that is not on every partition is made of that one only. */
export function createIndex(index: Fact<'index'>): string {
  const { payload } = index
  const method = payload.method === 'btree' ? '' : ` USING ${identifier(payload.method)}`
  const space = payload.options['tablespace']
  return [
    `CREATE ${payload.unique ? 'UNIQUE ' : ''}INDEX ${identifier(index.name)} ON ${payload.options['only'] === true ? 'ONLY ' : ''}${tableOf(index)}${method} (${payload.keys.map(key).join(', ')})`,
    ...(payload.include === undefined ? [] : [`INCLUDE ${columnList(payload.include)}`]),
    ...(payload.nullsNotDistinct === true ? ['NULLS NOT DISTINCT'] : []),
    withParameters(payload.options).trim(),
    ...(space === undefined ? [] : [`TABLESPACE ${identifier(String(space))}`]),
    ...(payload.where === undefined ? [] : [`WHERE ${payload.where}`]),
  ]
    .filter((part) => part !== '')
    .join(' ')
}
