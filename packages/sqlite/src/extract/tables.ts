import { objectId, type Fact } from '@yama/schema'
import type { TableModel } from './table-model.ts'

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
