import type { Token } from '@yama/sql'
import { memberId, objectId, type Fact, type IndexKey } from '@yama/schema'
import { withQuotedStrings } from '../text/quoted-strings.ts'
import { canonical } from '../text/canonical.ts'
import { withoutOwnTable } from '../text/own-table.ts'
import type { IndexKeyRow, SchemaObject } from './catalogue.ts'
import { columnId, mentionedColumns } from './columns.ts'
import { parseIndex } from './parse-index.ts'
import type { TableModel } from './table-model.ts'

/** An index made by CREATE INDEX; those behind keys belong to their constraints. */
export function indexFact(table: TableModel, object: SchemaObject, rows: readonly IndexKeyRow[]): Fact<'index'> {
  const parsed = parseIndex(object.sql)
  const expressionOf = (tokens: readonly Token[]): string => canonical(withQuotedStrings(tokens, table.names), table.names)
  const keys = rows.map((row, place): IndexKey => {
    const declared = table.columns.find((column) => column.name === row.column)
    const expression = row.column === undefined ? expressionOf(parsed.keys[place] ?? []) : undefined
    const usual = declared?.text.collation ?? 'BINARY'
    return {
      ...(row.column === undefined ? {} : { column: row.column }),
      ...(expression === undefined ? {} : { expression }),
      ...(row.descending ? { descending: true } : {}),
      ...(row.collation === usual ? {} : { collation: row.collation }),
    }
  })
  const texts = [...parsed.keys.filter((_, place) => rows[place]?.column === undefined), parsed.where ?? []]
  return {
    kind: 'index',
    id: memberId('index', '', table.name, object.name),
    schema: '',
    name: object.name,
    parent: objectId('table', '', table.name),
    payload: {
      unique: rows[0]?.unique ?? false,
      method: 'btree',
      keys,
      ...(parsed.where === undefined ? {} : { where: expressionOf(withoutOwnTable(parsed.where, table.name)) }),
      options: {},
    },
    dependsOn: [...new Set(texts.flatMap((tokens) => mentionedColumns(table, tokens)))].map((name) => columnId(table, name)),
  }
}
