import type { Connection } from '@yama/core'
import type { ChangePlan } from '../contract/change-plan.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'
import { parentsOf } from '../facts/table.ts'
import { asText, tableName } from './sql-text.ts'

/** A table whose rows must be the same on both sides, with the columns that tell. */
export interface Survivor {
  readonly old: Fact<'table'>
  readonly now: Fact<'table'>
  readonly oldColumns: readonly string[]
  readonly nowColumns: readonly string[]
  /** Of the columns, the same on both sides. */
  readonly types: readonly string[]
}

/** Tables and columns that are there on both sides with one type, and of which no plan says that something is lost. */
export function survivors(
  before: FactBase,
  after: FactBase,
  moved: (id: FactId) => FactId,
  plans: readonly ChangePlan[],
): readonly Survivor[] {
  const lossy = withParents(new Set(plans.flatMap((plan) => plan.losses.map((loss) => loss.fact))), before, after)
  const found: Survivor[] = []
  for (const old of before.facts.values()) {
    const now = after.facts.get(moved(old.id))
    if (old.kind !== 'table' || now?.kind !== 'table' || lossy.has(old.id) || lossy.has(now.id)) continue
    const pairs = childrenOfKind(before, old.id, 'column')
      .map((column) => [column, after.facts.get(moved(column.id)) as Fact<'column'> | undefined] as const)
      .filter(
        ([column, later]) =>
          later?.payload.type === column.payload.type &&
          later.payload.generated === undefined &&
          !lossy.has(column.id) &&
          !lossy.has(later.id),
      )
    found.push({
      old,
      now,
      oldColumns: pairs.map(([column]) => column.name),
      nowColumns: pairs.map(([, later]) => later?.name ?? ''),
      types: pairs.map(([column]) => column.payload.type),
    })
  }
  return found
}

/** The rows of a partition are rows of what it is a partition of, and those of a child are its parents'. */
function withParents(lossy: ReadonlySet<FactId>, ...bases: readonly FactBase[]): ReadonlySet<FactId> {
  const all = new Set(lossy)
  for (const base of bases) {
    const pending = [...lossy]
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const fact = base.facts.get(id)
      if (fact?.kind !== 'table') continue
      for (const parent of parentsOf(fact.payload)) {
        all.add(parent)
        pending.push(parent)
      }
    }
  }
  return all
}

/** Without virtual tables that cannot be read as they stand: an index without its words, a list of the words of an index that is not there. */
export async function readable(list: readonly Survivor[], connection: Connection, dialect: SchemaDialect): Promise<readonly Survivor[]> {
  const found: Survivor[] = []
  for (const one of list) {
    const isRead =
      one.old.payload.options['virtual'] === undefined ||
      (await readRows([one], 'old', connection, dialect).then(
        () => true,
        () => false,
      ))
    if (isRead) found.push(one)
  }
  return found
}

/** Every row of every survivor as text, sorted; a table without comparable columns is counted. */
export async function readRows(
  list: readonly Survivor[],
  side: 'old' | 'now',
  connection: Connection,
  dialect: SchemaDialect,
): Promise<ReadonlyMap<FactId, readonly string[]>> {
  const found = new Map<FactId, readonly string[]>()
  for (const one of list) {
    const columns = side === 'old' ? one.oldColumns : one.nowColumns
    const cells = columns.map((column, at) => `${asText(column, dialect, one.types[at])} AS c${at}`).join(', ')
    const { rows } = await connection.execute(`SELECT ${cells === '' ? '1 AS c0' : cells} FROM ${tableName(one[side], dialect)}`)
    found.set(one.old.id, rows.map((row) => JSON.stringify(columns.map((_, at) => row[`c${at}`] ?? null))).sort())
  }
  return found
}

/** Sentences about rows that are missing, additional or different. */
export function compareRows(
  before: ReadonlyMap<FactId, readonly string[]>,
  after: ReadonlyMap<FactId, readonly string[]>,
): readonly string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table) ?? []
    if (rows.length !== now.length) return [`${describeFact(table)} had ${rows.length} rows and has ${now.length}`]
    const changed = rows.filter((row, index) => row !== now[index]).length
    return changed === 0 ? [] : [`${changed} rows of ${describeFact(table)} have other values`]
  })
}
