import type { Fact } from '@yama/schema'
import type { Collations, TableModel } from './table-model.ts'

export function tableFact(table: TableModel, { database }: Collations): Fact<'table'> {
  const { parsed, name, id, collation } = table
  return {
    kind: 'table',
    id,
    schema: '',
    name,
    payload: {
      ...(parsed.comment === undefined || parsed.comment === '' ? {} : { comment: parsed.comment }),
      // What the database says need not be said again: the same schema may live in a database of another character set.
      options: { ...(collation === database ? {} : { collation }), ...parsed.options },
    },
    dependsOn: [],
  }
}
