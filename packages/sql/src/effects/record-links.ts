import type { Effect, StatementEffects } from '@yama/core'
import type { EffectBuilder, ObjectName } from './effect-builder.ts'

export interface ForeignKeyEnds {
  readonly table: ObjectName
  readonly columns: readonly string[]
  readonly target: ObjectName
  /** Columns of the target; empty where they are not written. */
  readonly targets: readonly string[]
  /** What becomes of the rows that refer to a row which is removed: they stop it, go too, or are changed. */
  readonly onDelete: 'stops' | 'removes' | 'changes'
  readonly onUpdate: 'stops' | 'changes'
}

/** From now on a change of either end of a foreign key looks at the other, or changes it. */
export function recordForeignKey(build: EffectBuilder, { table, columns, target, targets, onDelete, onUpdate }: ForeignKeyEnds): void {
  const refers = facetOf(target, 'keys', 'read', targets.length === 0 ? [undefined] : ['rows:all', ...targets.map(column)])
  const follows = columns.map(column)
  build.rowLink(table, 'insert', refers)
  build.rowLink(table, 'update', refers, columns)
  const found = facetOf(table, 'rows', 'read', follows)
  const stops = [...found, ...facetOf(table, 'rows', 'read', ['rows:all'])]
  const written = (members: readonly string[]): readonly Effect[] => [
    ...found,
    ...facetOf(table, 'rows', 'write', members),
    ...facetOf(table, 'keys', 'write', members),
  ]
  build.rowLink(target, 'delete', { stops, removes: written(['rows:all']), changes: written(follows) }[onDelete])
  build.rowLink(target, 'update', onUpdate === 'stops' ? stops : written(follows), targets.length === 0 ? undefined : targets)
}

const column = (name: string): string => `column:${name}`

const facetOf = (
  { name, schema }: ObjectName,
  facet: Effect['facet'],
  access: Effect['access'],
  members: readonly (string | undefined)[],
): readonly Effect[] =>
  members.map((member) => ({ object: `relation:${name}`, schema, facet, access, ...(member === undefined ? {} : { member }) }))

/** From now on a change of what a computed column is made from changes that column; without `from`, a change of anything. */
export function recordComputed(build: EffectBuilder, table: ObjectName, name: string, from: readonly string[] | undefined): void {
  build.rowLink(table, 'update', facetOf(table, 'rows', 'write', [column(name)]), from)
}

/** MySQL's `ON UPDATE CURRENT_TIMESTAMP`: whatever changes a row changes the time in it, whoever comes last. */
export function recordTouched(build: EffectBuilder, table: ObjectName, name: string): void {
  build.rowLink(table, 'update', facetOf(table, 'rows', 'add', [column(name)]))
}

/**
 * From now on an update of a row changes other columns of it as well, because a trigger assigns them before the row is written; without
 * `columns`, any of them.
 */
export function recordAssigned(
  build: EffectBuilder,
  table: ObjectName,
  columns: readonly string[] | undefined,
  from?: readonly string[],
): void {
  const members = columns?.map(column) ?? [undefined]
  build.link(
    'relation',
    table,
    'update',
    { effects: [...facetOf(table, 'rows', 'write', members), ...facetOf(table, 'keys', 'write', members)] },
    from,
  )
}

/** Reading a view reads its tables, and a change through it is a change of them, of whatever columns. */
export function recordView(build: EffectBuilder, name: ObjectName, reads: StatementEffects): void {
  build.link('relation', name, 'read', reads)
  for (const [when, accesses] of CHANGES) {
    const effects = reads.effects.flatMap((effect) =>
      effect.facet === 'rows' && effect.member === 'rows:all' ? written(effect, accesses) : [effect],
    )
    build.link('relation', name, when, { ...reads, effects })
  }
}

/** An update through a view may be of any column, so it counts as a new row and a removed one. */
const CHANGES = [
  ['insert', ['add']],
  ['update', ['add', 'write']],
  ['delete', ['add', 'write']],
] as const

const written = ({ object, schema }: Effect, accesses: readonly ('add' | 'write')[]): readonly Effect[] =>
  accesses.map((access) => ({ object, schema, facet: 'rows', access }))
