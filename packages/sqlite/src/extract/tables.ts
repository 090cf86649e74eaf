import { objectId, type Fact } from '@yama/schema'
import type { SchemaObject } from './catalogue.ts'
import type { TableModel } from './table-model.ts'

/** A virtual table as its module was called: `fts5(body)`. Its columns and its shadow tables are the module's own affair. */
export function virtualTableFact({ name, sql }: SchemaObject): Fact<'table'> {
  const using = /\bUSING\s+([\s\S]+)$/i.exec(sql.slice(sql.indexOf(name) + name.length))?.[1] ?? ''
  return {
    kind: 'table',
    id: objectId('table', '', name),
    schema: '',
    name,
    payload: { options: { virtual: using.trim().replace(/;$/, '') } },
    dependsOn: [],
  }
}

export function tableFact(table: TableModel): Fact<'table'> {
  const { parsed, name } = table
  const autoincrement = parsed.constraints.some((one) => one.autoincrement === true)
  return {
    kind: 'table',
    id: objectId('table', '', name),
    schema: '',
    name,
    payload: {
      options: {
        ...(parsed.strict ? { strict: true } : {}),
        ...(parsed.withoutRowid ? { withoutRowid: true } : {}),
        ...(autoincrement ? { autoincrement: true } : {}),
      },
    },
    dependsOn: [],
  }
}
