import type { Fact } from '../facts/fact.ts'
import { columnOf, draftOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'
import { meaningOf } from './port-types.ts'

/** Bytes of a character at most. */
const WIDEST = 4
/** What a text without a length is given, where a key needs one. */
const USUAL = 255
/** Room for the columns that are no texts. */
const SPARE = 6

/** Columns whose values both sides of a foreign key share: they get one type. */
export interface KeyGroups {
  /** Characters that a column has room for; absent where it is in no key. */
  readonly limits: ReadonlyMap<ColumnDraft, number>
  /** The column that a column takes its type from, along foreign keys. */
  readonly leaders: ReadonlyMap<ColumnDraft, ColumnDraft>
}

/** How long texts in keys may be on the target, and which columns have to agree. */
export function keyLimits(context: PortContext): KeyGroups {
  const bytes = context.to.port.features.indexBytes
  const leaders = foreignLeaders(context)
  if (bytes === undefined) return { limits: new Map(), leaders }
  const room = Math.floor(bytes / WIDEST)
  const limits = new Map<ColumnDraft, number>()
  const narrow = (column: ColumnDraft, limit: number): void => void limits.set(column, Math.min(limit, limits.get(column) ?? Infinity))
  for (const table of context.tables.values())
    for (const columns of keysOf(context, table)) for (const [column, limit] of shares(context, columns, room)) narrow(column, limit)
  // What refers to a key is one itself, and as short.
  const groups = new Map<ColumnDraft, ColumnDraft[]>()
  for (const [column, leader] of leaders) groups.set(leader, [...(groups.get(leader) ?? [leader]), column])
  for (const group of groups.values()) {
    const least = Math.min(...group.map((column) => limits.get(column) ?? Infinity))
    if (least !== Infinity) for (const column of group) limits.set(column, least)
  }
  return { limits, leaders }
}

/** The columns of each key: primary and unique ones, and what foreign keys refer with. */
function keysOf(context: PortContext, table: TableDraft): readonly (readonly ColumnDraft[])[] {
  const found = (names: readonly string[]): readonly ColumnDraft[] => names.flatMap((name) => columnOf(context, table, name) ?? [])
  const constraints = context
    .children(table.fact.id, 'constraint')
    .filter(({ payload }) => payload.type !== 'check' && payload.type !== 'exclusion')
    .map(({ payload }) => found(payload.columns))
  const indexes = context
    .children(table.fact.id, 'index')
    .filter(({ payload }) => payload.unique)
    .map(({ payload }) => found(payload.keys.flatMap(({ column }) => column ?? [])))
  return [...constraints, ...indexes]
}

function sizeOf(context: PortContext, column: ColumnDraft): number | undefined {
  const { foreign, array } = meaningOfType(context, column)
  if (foreign.kind === 'values') return 64
  if (foreign.kind === 'unknown') return USUAL
  if (array > 0) return undefined
  const [size] = foreign.type.parameters
  switch (foreign.type.name) {
    case 'string':
    case 'char':
      return size ?? USUAL
    case 'text':
    case 'citext':
    case 'xml':
      return USUAL
    case 'uuid':
      return 36
    case 'binary':
      return size === undefined ? USUAL : Math.ceil(size / WIDEST)
    case 'interval':
    case 'inet':
    case 'cidr':
      return 64
    default:
      return undefined
  }
}

/** Without telling anybody: that is done when the type is chosen. */
const meaningOfType = (context: PortContext, column: ColumnDraft): ReturnType<typeof meaningOf> =>
  meaningOf(
    { ...context, inquiry: { ...context.inquiry, tell: () => undefined, ask: (_, { answers }) => answers[0] ?? '' } },
    { ...column, checks: [] },
  )

/** Short texts keep their length; what is left is shared by the long ones. */
function shares(context: PortContext, columns: readonly ColumnDraft[], room: number): readonly (readonly [ColumnDraft, number])[] {
  const texts = columns.flatMap((column) => {
    const size = sizeOf(context, column)
    return size === undefined ? [] : [{ column, size }]
  })
  let left = room - SPARE * (columns.length - texts.length)
  const found: (readonly [ColumnDraft, number])[] = []
  const open = texts.toSorted((a, b) => a.size - b.size)
  for (const [at, { column, size }] of open.entries()) {
    const share = Math.min(size, Math.floor(left / (open.length - at)))
    found.push([column, share])
    left -= share
  }
  return found
}

/** Along every foreign key, the column at its end. */
function foreignLeaders(context: PortContext): ReadonlyMap<ColumnDraft, ColumnDraft> {
  const next = new Map<ColumnDraft, ColumnDraft>()
  const follow = (table: TableDraft, fact: Fact<'constraint'>): void => {
    const { references, columns } = fact.payload
    if (references === undefined) return
    const target = draftOf(context, references.schema, references.table)
    if (target === undefined) return
    for (const [at, name] of columns.entries()) {
      const column = columnOf(context, table, name)
      const other = columnOf(context, target, references.columns[at] ?? '')
      if (column !== undefined && other !== undefined && column !== other && !next.has(column)) next.set(column, other)
    }
  }
  for (const table of context.tables.values()) for (const fact of context.children(table.fact.id, 'constraint')) follow(table, fact)
  const leaders = new Map<ColumnDraft, ColumnDraft>()
  for (const column of next.keys()) {
    const seen = new Set<ColumnDraft>([column])
    let end = column
    for (let step = next.get(end); step !== undefined && !seen.has(step); step = next.get(end)) {
      seen.add(step)
      end = step
    }
    leaders.set(column, end)
  }
  return leaders
}

/** What refers has the type of what it refers to, where the target asks for that. */
export function alignTypes(context: PortContext, { leaders }: KeyGroups): void {
  if (!context.to.port.features.sameKeyTypes) return
  for (const [column, leader] of leaders) {
    const same = column.type?.name === leader.type?.name && !(column.type === undefined || leader.type === undefined)
    const isText = (type: ColumnDraft['type']): boolean => type?.name === 'string' || type?.name === 'text' || type?.name === 'char'
    if (same || (isText(column.type) && isText(leader.type) && context.to.kind === 'postgres')) continue
    if (column.sql === leader.sql) continue
    context.inquiry.tell('type', column.fact, `type ${column.sql} becomes ${leader.sql}, as what it refers to`)
    Object.assign(column, { sql: leader.sql, type: leader.type })
  }
}
