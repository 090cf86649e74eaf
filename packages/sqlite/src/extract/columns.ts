import { memberId, objectId, type ColumnPayload, type Fact, type FactId } from '@yama/schema'
import type { Token } from '@yama/sql'
import { withQuotedStrings } from '../text/quoted-strings.ts'
import { canonical, canonicalText } from '../text/canonical.ts'
import { canonicalType } from '../text/canonical-type.ts'
import { nameOf } from '../text/tokens.ts'
import type { TableModel } from './table-model.ts'

export function columnFacts(table: TableModel): readonly Fact<'column'>[] {
  return table.columns.map((column): Fact<'column'> => {
    const { generated } = column.text
    return {
      kind: 'column',
      id: memberId('column', '', table.name, column.name),
      schema: '',
      name: column.name,
      parent: objectId('table', '', table.name),
      payload: payloadOf(table, column),
      dependsOn: generated === undefined ? [] : mentionedColumns(table, generated.expression).map((name) => columnId(table, name)),
      position: column.position,
    }
  })
}

function payloadOf(table: TableModel, column: TableModel['columns'][number]): ColumnPayload {
  const { text } = column
  const alias = column.name === table.rowidAlias
  // Where the rowid numbers rows, a default is never asked.
  const hasDefault = column.default !== undefined && text.generated === undefined && !alias
  const value = hasDefault ? canonicalText(column.default, NO_NAMES) : undefined
  return {
    // Older versions report `INTEGER GENERATED ALWAYS` as the type of a generated column.
    type: canonicalType(column.type).replace(/ ?GENERATED ALWAYS$/, ''),
    // The rowid is never NULL, whether the text says so or not.
    notNull: column.notNull || alias,
    ...(value === undefined || value === 'NULL' ? {} : { default: value }),
    ...(text.generated === undefined
      ? {}
      : {
          generated: {
            expression: canonical(withQuotedStrings(text.generated.expression, table.names), table.names),
            stored: text.generated.stored,
          },
        }),
    ...(alias ? { identity: { mode: 'default' } } : {}),
    ...(text.collation === undefined || text.collation === 'BINARY' ? {} : { collation: text.collation }),
    options: text.onConflict === undefined || text.onConflict === 'abort' ? {} : { onConflict: text.onConflict },
  }
}

/** A default names no columns; quoted words in it are strings. */
const NO_NAMES = new Map<string, string>()

export const columnId = (table: TableModel, name: string): FactId => memberId('column', '', table.name, name)

/** The columns whose names stand in an expression, as declared. */
export function mentionedColumns(table: TableModel, tokens: readonly Token[]): readonly string[] {
  const declared = new Map(table.columns.map((column) => [column.name.toLowerCase(), column.name]))
  const found = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'word' && token.kind !== 'identifier') continue
    const name = declared.get(nameOf(token).toLowerCase())
    if (name !== undefined) found.add(name)
  }
  return [...found]
}
