import type { PortableType } from '../contract/type-mapping.ts'
import { productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'

/** Bytes of a character at most, of a value that is no text, and of what a row has besides. */
const [WIDEST, PLAIN, SPARE] = [4, 9, 512]
const TEXT: PortableType = { name: 'text', parameters: [], array: 0 }

const sizeOf = ({ sql }: ColumnDraft): number => {
  const found = /^(?:var)?(?<base>char|binary)\((?<size>\d+)\)/i.exec(sql)?.groups
  return found === undefined ? PLAIN : Number(found['size']) * (found['base']?.toLowerCase() === 'char' ? WIDEST : 1)
}

/** Where the texts of a table do not fit into its rows, the longest become texts that stand outside; those in keys stay. */
export function fitRows({ tables, to, inquiry }: PortContext, keyed: ReadonlyMap<ColumnDraft, number>): void {
  const limit = to.port.features.rowBytes
  if (limit === undefined) return
  const move = (column: ColumnDraft): void => {
    const { sql } = to.types.toNative(TEXT)
    inquiry.ask(column.fact, {
      rule: 'type',
      outcome: 'lossy',
      message: `type ${column.fact.payload.type} becomes ${sql}`,
      loss: `the length is not checked; ${productOf(to)} has room for ${limit} bytes in a row`,
      group: 'row size',
      answers: [sql],
    })
    Object.assign(column, { sql, type: TEXT })
  }
  for (const table of tables.values()) for (const column of tooLong(table, limit, keyed)) move(column)
}

function tooLong({ columns }: TableDraft, limit: number, keyed: ReadonlyMap<ColumnDraft, number>): readonly ColumnDraft[] {
  let size = columns.reduce((sum, column) => sum + sizeOf(column), SPARE)
  const longest = columns.filter((column) => column.type?.name === 'string' && !keyed.has(column)).toSorted((a, b) => sizeOf(b) - sizeOf(a))
  return longest.filter((column) => {
    if (size <= limit) return false
    size -= sizeOf(column) - PLAIN
    return true
  })
}
