import type { Effect, StatementEffects } from '@yama/core'
import { mayDoAnything } from './may-do-anything.ts'
import type { JudgedMigration } from './migration-effects.ts'

/** What the statements of a graph say of a table that one of them creates, and none renames or makes again. */
export interface TableFacts {
  readonly numbers: readonly string[]
  readonly empty: readonly string[]
  readonly generated: readonly string[]
  /** Keys that it is created with. */
  readonly first: readonly (readonly string[])[]
  /** Every key that it has at any time; undefined where it is not made of columns alone. */
  readonly keys: readonly (readonly string[] | undefined)[]
  /** A key or a column is not any more what it was. */
  readonly altered: boolean
  /** Somebody switches row security on or off for it. */
  readonly secured: boolean
  /** How many migrations add columns to it. */
  readonly grown: number
}

type Growing = { -readonly [K in keyof TableFacts]: TableFacts[K] extends readonly (infer T)[] ? T[] : TableFacts[K] }

/** By object; what triggers and keys are on such a table, the graph says. What `concurrent` renames meets whoever uses it anyway. */
export function tableFacts(judged: readonly JudgedMigration[], concurrent: ReadonlySet<JudgedMigration>): ReadonlyMap<string, TableFacts> {
  const facts = new Map<string, Growing>()
  const isUntold = mayDoAnything(judged)
  if (judged.some((migration) => !concurrent.has(migration) && isUntold(migration))) return facts
  const unclear = new Set<string>()
  const statements = judged.flatMap((migration) => migration.statements.map(({ found }) => ({ found, isOwn: concurrent.has(migration) })))
  for (const { found, isOwn } of statements) {
    const renames = found.effects.some(({ facet, access }) => facet === 'name' && access === 'write')
    for (const { object, member, facet, access } of found.effects) {
      if (member !== undefined || access === 'read' || !object.startsWith('relation:')) continue
      if (facet === 'name' && !isOwn) unclear.add(object)
      if (facet !== 'exist' || access !== 'add') continue
      if (renames || facts.has(object)) unclear.add(object)
      else facts.set(object, { numbers: [], empty: [], generated: [], first: [], keys: [], altered: false, secured: false, grown: 0 })
    }
    for (const { object, numbers, empty, generated } of found.tables ?? []) {
      const table = facts.get(object)
      table?.generated.push(...generated)
      // What an added column says of rows that are there already is another matter.
      if (!found.effects.some((effect) => effect.object === object && isTable(effect))) continue
      table?.numbers.push(...numbers)
      table?.empty.push(...empty)
      for (const { columns } of found.effects.filter((effect) => effect.object === object && isKey(effect)))
        if (columns !== undefined) table?.first.push(columns)
    }
  }
  const called = (found: StatementEffects): readonly Effect[] =>
    (found.links ?? []).flatMap(({ when, effects }) => (when === 'call' ? effects : []))
  for (const effect of statements.flatMap(({ found }) => [...found.effects, ...called(found)])) {
    const table = facts.get(effect.object)
    if (table === undefined) continue
    if (isKey(effect)) table.keys.push(effect.columns)
    if (effect.access === 'write' && ALTERS.has(effect.facet)) table.altered = true
    if (effect.access === 'write' && effect.member?.startsWith('row security') === true) table.secured = true
  }
  for (const { statements: each } of judged)
    for (const object of new Set(each.flatMap(({ found }) => found.effects.filter(isColumn).map((effect) => effect.object)))) {
      const table = facts.get(object)
      if (table !== undefined) table.grown += 1
    }
  for (const object of unclear) facts.delete(object)
  return facts
}

const ALTERS: ReadonlySet<Effect['facet']> = new Set(['type', 'default', 'shape', 'name', 'uniqueness'])

const isTable = ({ access, facet, member }: Effect): boolean => access === 'add' && facet === 'exist' && member === undefined

const isColumn = ({ access, facet, member }: Effect): boolean =>
  access === 'add' && facet === 'exist' && member?.startsWith('column:') === true

const isKey = ({ access, facet }: Effect): boolean => access === 'add' && facet === 'uniqueness'
