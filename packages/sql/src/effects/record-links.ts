import type { Effect, StatementEffects } from '@yama/core'
import type { EffectBuilder, ObjectName } from './effect-builder.ts'

export interface ForeignKeyEnds {
  readonly table: ObjectName
  readonly columns: readonly string[]
  readonly target: ObjectName
  /** Columns of the target; empty where they are not written. */
  readonly targets: readonly string[]
  /** A removed or changed row of the target changes those that refer to it. */
  readonly acts: boolean
}

/** From now on a change of either end of a foreign key looks at the other, or changes it. */
export function recordForeignKey(build: EffectBuilder, { table, columns, target, targets, acts }: ForeignKeyEnds): void {
  const of = ({ name, schema }: ObjectName): Pick<Effect, 'object' | 'schema'> => ({ object: `relation:${name}`, schema })
  const refers: StatementEffects = { effects: [{ ...of(target), facet: 'keys', access: 'read' }] }
  const cares: StatementEffects = { effects: [{ ...of(table), facet: 'rows', access: acts ? 'write' : 'read' }] }
  build.link('relation', table, 'insert', refers)
  build.link('relation', table, 'update', refers, columns)
  build.link('relation', target, 'delete', cares)
  build.link('relation', target, 'update', cares, targets.length === 0 ? undefined : targets)
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
