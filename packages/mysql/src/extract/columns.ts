import type { ServerInfo } from '@yama/core'
import { memberId, objectId, type ColumnPayload, type Fact, type FactId } from '@yama/schema'
import { withoutOwnDatabase } from '../text/own-names.ts'
import { nameOf, significant } from '../text/tokens.ts'
import type { ParsedColumn } from './parsed-table.ts'
import { collationOf, type Collations, type TableModel } from './table-model.ts'

/** What columns may refer to besides their own table. */
export interface ColumnContext {
  readonly collations: Collations
  readonly database: string
  readonly sequences: ReadonlySet<string>
  readonly kind: ServerInfo['kind']
}

export function columnFacts(table: TableModel, context: ColumnContext): readonly Fact<'column'>[] {
  return table.parsed.columns.map((column, position): Fact<'column'> => {
    const payload = payloadOf(table, column, context)
    const texts = [payload.generated?.expression, payload.options['check']].filter((text) => typeof text === 'string')
    const needed = [
      ...texts.flatMap((text) => mentionedColumns(table, text)).filter((name) => name !== column.name),
      ...sequencesIn(payload.default, context.sequences),
    ]
    return {
      kind: 'column',
      id: columnId(table, column.name),
      schema: '',
      name: column.name,
      parent: table.id,
      payload,
      dependsOn: [...new Set(needed.map((name) => (name.startsWith('sequence:') ? name : columnId(table, name))))],
      position,
    }
  })
}

function payloadOf(table: TableModel, column: ParsedColumn, { collations, database, kind }: ColumnContext): ColumnPayload {
  const collation = collationOf(column, collations)
  const json = isJson(column, collation ?? table.collation)
  // MySQL names the character set of the table again where the column was stated with it.
  const isThatOfTable = collation === table.collation && column.charset === undefined
  const { check, noDefault, ...others } = column.options
  return {
    type: json ? 'json' : column.type,
    // The servers never leave the bounds of a version empty, and say nothing of it.
    notNull: column.notNull || column.options['row'] !== undefined,
    ...(column.default === undefined ? {} : { default: defaultOf(column, database) }),
    ...(column.generated === undefined ? {} : { generated: column.generated }),
    ...(column.autoIncrement ? { identity: { mode: 'default' } } : {}),
    ...(collation === undefined || isThatOfTable || json ? {} : { collation }),
    ...(column.comment === undefined || column.comment === '' ? {} : { comment: column.comment }),
    // MariaDB says so of what a query made, and has no words to make it.
    options: {
      ...others,
      ...(noDefault === undefined || kind === 'mariadb' ? {} : { noDefault }),
      ...(json || check === undefined ? {} : { check }),
    },
  }
}

/** MariaDB's JSON is a text with a check, and prints as such: https://mariadb.com/kb/en/json-data-type/ */
function isJson({ type, name, options }: ParsedColumn, collation: string): boolean {
  return type === 'longtext' && collation === 'utf8mb4_bin' && options['check'] === `json_valid(\`${name.replaceAll('`', '``')}\`)`
}

const NUMBER_TYPE = /^(?:(?:tiny|small|medium|big)?int|decimal|float|double)\b/
const QUOTED_NUMBER = /^'(-?\d+(?:\.\d+)?)'$/

/** MySQL prints the default of a number in quotes, MariaDB does not. */
function defaultOf({ type, default: value = '' }: ParsedColumn, database: string): string {
  const text = withoutOwnDatabase(value, database)
  return NUMBER_TYPE.test(type) ? text.replace(QUOTED_NUMBER, '$1') : text
}

function sequencesIn(value: string | undefined, sequences: ReadonlySet<string>): readonly FactId[] {
  if (value === undefined || sequences.size === 0 || !/nextval|lastval/i.test(value)) return []
  return significant(value)
    .filter((token) => token.kind === 'identifier' && sequences.has(nameOf(token)))
    .map((token) => objectId('sequence', '', nameOf(token)))
}

export const columnId = (table: Pick<TableModel, 'name'>, name: string): FactId => memberId('column', '', table.name, name)

/** The columns whose names stand in an expression; the servers print names in backticks. */
export function mentionedColumns(table: TableModel, expression: string): readonly string[] {
  const declared = new Map(table.parsed.columns.map((column) => [column.name.toLowerCase(), column.name]))
  const found = new Set<string>()
  for (const token of significant(expression)) {
    const name = token.kind === 'identifier' ? declared.get(nameOf(token).toLowerCase()) : undefined
    if (name !== undefined) found.add(name)
  }
  return [...found]
}
