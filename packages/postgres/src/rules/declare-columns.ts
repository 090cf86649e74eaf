import { ancestors, childrenOfKind, memberId, parseFactId, type Action, type Fact, type FactId, type RuleContext } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { columnsAbove, declares } from './column-state.ts'
import { constraintDefinition } from './constraint-definition.ts'
import { objectName, spoken, tableOf } from './names.ts'

/**
 * A child comes to declare columns that it has from its parents. No statement says so; but what a child keeps when it leaves its parents is its own, and
 * stays so when it comes back. A parent that is there only meanwhile keeps the other columns and the checks from becoming that too.
 */
export function declareColumns(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  const table = context.after.facts.get(column.parent ?? '')
  if (table?.kind !== 'table') return []
  const columns = context.children(table.id, 'column', 'after').filter((each) => declares(each, context) === 'begins')
  // One round trip for all of them.
  if (columns[0]?.id !== column.id) return []
  // Once it has the parents that it shall have.
  const parents = table.payload.inherits ?? []
  const name = objectName(table.id)
  const keeper = qualified(table.schema, keeperOf(table.id))
  // What is generated from another goes before it.
  const names = columns
    .toSorted((one, other) => Number(other.payload.generated !== undefined) - Number(one.payload.generated !== undefined))
    .map((each) => identifier(each.name))
  const step = (sql: string, produces: readonly FactId[] = []): Action =>
    action(
      column,
      'alter',
      {
        sql,
        title: `${spoken(table)} declares ${columns.map((each) => each.name).join(', ')}`,
        lock: 'ACCESS EXCLUSIVE',
        produces,
        consumes: [table.id],
        after: [table.id, ...columnsAbove(table.id, context)],
        together: `declare ${table.id}`,
      },
      changed('inherited', true, undefined),
    )
  const added = columns.flatMap(({ id }) => (context.isAdded(id) ? [id] : []))
  const checks = checksOver(table.id, new Set(columns.map((each) => each.name)), context)
  // A check over such a column cannot be kept by another parent: one that stays the parents' is made again with them.
  const theirs = checks.filter(({ own }) => own === undefined)
  const declared = checks.flatMap(({ own }) => (own !== undefined && context.isAdded(own) ? [own] : []))
  return [
    ...theirs.map(({ check }) => step(`ALTER TABLE ${tableOf(check)} DROP CONSTRAINT ${identifier(check.name)}`)),
    step(`CREATE TABLE ${keeper} (LIKE ${name} INCLUDING CONSTRAINTS INCLUDING GENERATED)`),
    step(`ALTER TABLE ${keeper} ${names.map((each) => `DROP COLUMN ${each}`).join(', ')}`),
    step(`ALTER TABLE ${name} INHERIT ${keeper}`),
    ...parents.map((parent) => step(`ALTER TABLE ${name} NO INHERIT ${objectName(parent)}`)),
    ...parents.map((parent) => step(`ALTER TABLE ${name} INHERIT ${objectName(parent)}`)),
    step(`ALTER TABLE ${name} NO INHERIT ${keeper}`, [...added, ...declared]),
    step(`DROP TABLE ${keeper}`),
    ...theirs.map(({ check }) => step(`ALTER TABLE ${tableOf(check)} ADD ${constraintDefinition(check)}`)),
  ]
}

const keeperOf = (table: FactId): string => `yama_keep_${parseFactId(table).name}`.slice(0, 50)

interface CheckOver {
  /** The topmost parent's. */
  readonly check: Fact<'constraint'>
  /** The child's own, which it says or comes to say. */
  readonly own: FactId | undefined
}

function checksOver(table: FactId, names: ReadonlySet<string>, { before, after }: RuleContext): readonly CheckOver[] {
  const found = new Map<string, CheckOver>()
  for (const parent of ancestors(after, table)) {
    for (const check of childrenOfKind(after, parent, 'constraint')) {
      const { type, noInherit, columns } = check.payload
      if (type !== 'check' || noInherit === true || !columns.some((column) => names.has(column)) || !before.facts.has(check.id)) continue
      const { schema, name } = parseFactId(table)
      const own = memberId('constraint', schema, name, check.name)
      found.set(check.name, { check, own: before.facts.has(own) || after.facts.has(own) ? own : undefined })
    }
  }
  return [...found.values()]
}
