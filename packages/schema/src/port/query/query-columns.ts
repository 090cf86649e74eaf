import type { Expression } from '../../contract/expression.ts'
import type { PortableType } from '../../contract/type-mapping.ts'
import type { PortContext, TableDraft } from '../port-context.ts'

/** A column that a query can name. */
export interface QueryColumn {
  /** As the source calls it. */
  readonly before: string
  readonly name: string
  readonly type: PortableType | undefined
  readonly notNull: boolean
}

/** A table or view of a query as the target gets it. */
export interface PortedSource {
  /** As columns call it. */
  readonly called: string
  readonly columns: readonly QueryColumn[]
}

export const tableColumns = ({ columns }: TableDraft): readonly QueryColumn[] =>
  columns.map(({ fact, name, type, notNull }) => ({ before: fact.name, name, type, notNull }))

/** Finds the columns that a query names among its sources, as the source calls them or as the target does. A name that several could have is not found. */
export function queryColumns(context: PortContext, sources: readonly PortedSource[]) {
  const fold = (name: string): string => (context.from.port.features.foldsNames ? name.toLowerCase() : name)
  return (column: Expression, as: 'before' | 'name'): QueryColumn | undefined => {
    if (column.kind !== 'column') return undefined
    const { table, name } = column
    const among = table === undefined ? sources : sources.filter(({ called }) => fold(called) === fold(table))
    const found = among.flatMap(({ columns }) => columns.filter((each) => fold(each[as]) === fold(name)))
    return found.length === 1 ? found[0] : undefined
  }
}
