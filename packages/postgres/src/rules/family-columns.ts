import { childrenOfKind, columnOf, parentsOf, type Action, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { asGiven } from './as-given.ts'
import { columnDefinition } from './column-definition.ts'
import { objectName, spoken } from './names.ts'

/** The columns of a table by their names: its own, and those that its parents give it. */
export function familyColumns(base: FactBase, table: FactId): ReadonlyMap<string, Fact<'column'>> {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return new Map()
  const above = parentsOf(fact.payload).flatMap((parent) => [...familyColumns(base, parent)])
  return new Map([...above.reverse(), ...childrenOfKind(base, table, 'column').map((column) => [column.name, column] as const)])
}

/**
 * A table keeps the columns of a parent that it leaves, and has to have those of one that it joins: what no fact of its own says of them is done
 * between the two.
 */
export function columnsBetween(table: Fact<'table'>, context: RuleContext): readonly Action[] {
  const [before, after] = [familyColumns(context.before, table.id), familyColumns(context.after, table.id)]
  const staying = stayingColumns(table.id, context)
  const isGiven = ({ name, parent }: Fact<'column'>): boolean => parent !== table.id && !staying.has(name)
  const gone = [...before.values()].filter((column) => isGiven(column) && !after.has(column.name))
  const missing = [...after.values()].filter((column) => isGiven(column) && !before.has(column.name))
  return [
    ...gone.map(({ name }) =>
      action(table, 'alter', {
        sql: `ALTER TABLE ${objectName(table.id)} DROP COLUMN ${identifier(name)}`,
        title: `drop column ${name} of ${spoken(table)}, which its parent gave it`,
        lock: 'ACCESS EXCLUSIVE',
        loss: 'certain',
        loses: `column ${name} of ${spoken(table)} with its values`,
        reversibility: 'lossy',
      }),
    ),
    ...missing.map((given) => {
      const own = asGiven({ ...given, id: columnOf(table.id, given.name), schema: table.schema, parent: table.id }, given)
      return action(table, 'alter', {
        sql: `ALTER TABLE ${objectName(table.id)} ADD COLUMN ${columnDefinition(own, context)}`,
        title: `add column ${given.name} to ${spoken(table)}, as its parent has it`,
        lock: 'ACCESS EXCLUSIVE',
      })
    }),
  ]
}

/** Of parents that it has before and after: what comes and goes of theirs does so while it is their child. */
function stayingColumns(table: FactId, { before, after }: RuleContext): ReadonlySet<string> {
  const parents = ({ facts }: FactBase): readonly FactId[] => {
    const fact = facts.get(table)
    return fact?.kind === 'table' ? parentsOf(fact.payload) : []
  }
  const both = parents(before).filter((parent) => parents(after).includes(parent))
  return new Set(both.flatMap((parent) => [before, after].flatMap((base) => [...familyColumns(base, parent).keys()])))
}
