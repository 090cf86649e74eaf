import { memberId, type Fact, type IndexKey, type IndexPayload } from '@yama/schema'
import { columnId, mentionedColumns } from './columns.ts'
import { isConstraint } from './constraints.ts'
import type { ParsedKey, ParsedKeyPart } from './parsed-table.ts'
import type { TableModel } from './table-model.ts'

const METHODS = { plain: 'btree', unique: 'btree', primary: 'btree', fulltext: 'fulltext', spatial: 'spatial', vector: 'vector' } as const

/** Every key that is no constraint; also those that the server made for a foreign key, for they are indexes like any other. */
export function indexFacts(table: TableModel): readonly Fact<'index'>[] {
  return table.parsed.keys
    .filter((key) => !isConstraint(key, table.parsed))
    .map((key, position) => ({
      kind: 'index',
      id: memberId('index', '', table.name, key.name),
      schema: '',
      name: key.name,
      parent: table.id,
      payload: payloadOf(key),
      dependsOn: [
        ...new Set(key.parts.flatMap(({ expression }) => (expression === undefined ? [] : mentionedColumns(table, expression)))),
      ].map((name) => columnId(table, name)),
      position,
    }))
}

function payloadOf({ kind, parts, options: { using, ...options }, comment }: ParsedKey): IndexPayload {
  const other = typeof using === 'string' && using !== 'btree' ? using : undefined
  return {
    unique: kind === 'unique',
    method: other ?? METHODS[kind],
    keys: parts.map((part) => keyOf(part, kind)),
    ...(comment === undefined ? {} : { comment }),
    // BTREE is what is made when nothing is said, but the servers remember that it was said.
    options: { ...options, ...(using === 'btree' ? { using } : {}) },
  }
}

function keyOf({ column, expression, prefixLength, descending }: ParsedKeyPart, kind: ParsedKey['kind']): IndexKey {
  return {
    ...(column === undefined ? {} : { column }),
    ...(expression === undefined ? {} : { expression }),
    ...(descending ? { descending: true } : {}),
    // The print of an old server gives a spatial key the length of its pointer.
    ...(prefixLength === undefined || kind === 'spatial' ? {} : { prefixLength }),
  }
}
