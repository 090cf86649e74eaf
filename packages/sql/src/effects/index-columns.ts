import type { Effect } from '@yama/core'
import type { JudgedMigration } from './migration-effects.ts'

/** By object and member: the columns of every key and index that ever had the name; undefined for one that is not made of columns alone. */
export type IndexColumns = ReadonlyMap<string, readonly (readonly string[] | undefined)[]>

/** What the statements of a graph say of the indexes of tables none of whose columns gets another name. */
export function indexColumns(judged: readonly JudgedMigration[]): IndexColumns {
  const effects = judged.flatMap(({ statements }) => statements.flatMap(({ found }) => found.effects))
  const renamed = new Set(
    effects.flatMap(({ object, member, facet, access }) =>
      facet === 'name' && access === 'write' && (member === undefined || member.startsWith('column:')) ? [object] : [],
    ),
  )
  const columns = new Map<string, (readonly string[] | undefined)[]>()
  for (const { object, member, facet, access, columns: own } of effects) {
    if (member === undefined || access !== 'add' || (facet !== 'exist' && facet !== 'uniqueness') || renamed.has(object)) continue
    const key = `${object}\n${member}`
    columns.set(key, [...(columns.get(key) ?? []), own])
  }
  return columns
}

/** Whether a key or index that goes could not be the one that is needed: it begins with another column. */
export function servesNoKey(needed: Effect, gone: Effect, indexes: IndexColumns): boolean {
  if (needed.facet !== 'uniqueness' || needed.access !== 'read' || needed.columns === undefined) return false
  if (gone.facet !== 'uniqueness' || gone.access !== 'write' || gone.member === undefined || gone.object !== needed.object) return false
  const known = indexes.get(`${gone.object}\n${gone.member}`) ?? []
  return known.length > 0 && known.every((columns) => columns !== undefined && !needed.columns?.includes(columns[0] ?? ''))
}
