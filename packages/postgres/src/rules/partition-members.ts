import { ancestors, childrenOf, type Action, type AnyFact, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action } from './action.ts'
import { isJoining, isOnly, isPartial, isRoot, meaningOf, partitionsOf, physicalName, type Table } from './attached-names.ts'
import { constraintDefinition } from './constraint-definition.ts'
import { objectName, spoken } from './names.ts'

type Member = Fact<'constraint'> | Fact<'index'>

const isMember = (fact: AnyFact): fact is AnyFact & Member => fact.kind === 'constraint' || fact.kind === 'index'

const isCheck = (fact: AnyFact): boolean => fact.kind === 'constraint' && fact.payload.type === 'check'
const isForeign = (fact: AnyFact): boolean => fact.kind === 'constraint' && fact.payload.type === 'foreign'

/** What a table has from those that it is a partition of; a check by its name, all else whatever it is called. */
const membersAbove = (base: FactBase, table: FactId): readonly Member[] =>
  ancestors(base, table)
    .flatMap((each) => childrenOf(base, each))
    .filter(isMember)
    .filter((fact) => fact.kind !== 'constraint' || fact.payload.noInherit !== true)

/** True where the two are one thing to the server when a partition is attached. */
export const isSame = (own: AnyFact, above: AnyFact): boolean =>
  meaningOf(own) === meaningOf(above) && (!isCheck(own) || own.name === above.name)

/** The name that a partition's own has; undefined where there is none of its own, or only the server knows it. */
function nameOn(table: Table, above: Member, base: FactBase): string | undefined {
  const stated = table.payload.attached?.[above.id]
  if (childrenOf(base, table.id).some((fact: AnyFact) => fact.name === stated && (fact.kind === 'constraint' || fact.kind === 'index')))
    return undefined
  if (stated !== undefined) return stated
  const hasIndex: boolean = isRoot(above)
  if (!hasIndex) return above.name
  return isPartial(above) || !isOnly(base, table, above) ? undefined : physicalName(base, table, above)
}

const renameTo = (table: Table, own: Member, from: string): string =>
  own.kind === 'index'
    ? `ALTER INDEX ${qualified(table.schema, from)} RENAME TO ${identifier(own.name)}`
    : `ALTER TABLE ${objectName(table.id)} RENAME CONSTRAINT ${identifier(from)} TO ${identifier(own.name)}`

const dropOf = (table: Table, own: Member, name: string, unless = ''): string =>
  own.kind === 'index'
    ? `DROP INDEX ${unless}${qualified(table.schema, name)}`
    : `ALTER TABLE ${objectName(table.id)} DROP CONSTRAINT ${unless}${identifier(name)}`

export interface MembersKept {
  /** Own once the table is let out, as they are. */
  readonly produces: readonly FactId[]
  readonly steps: readonly Action[]
}

/** A partition that is let out keeps what it had from its parents: that becomes its own, under the name that it shall have, or goes. */
export function membersKept(from: Table, to: Table, context: RuleContext): MembersKept {
  const open = new Set(childrenOf(context.after, to.id).filter((fact) => isMember(fact) && context.isAdded(fact.id)) as readonly Member[])
  const after = membersAbove(context.after, to.id)
  const produces: FactId[] = []
  const steps: Action[] = []
  const step = (sql: string, title: string, made: readonly FactId[] = []): void => {
    steps.push(action(to, 'alter', { sql, title, lock: 'ACCESS EXCLUSIVE', produces: made }))
  }
  for (const above of membersAbove(context.before, from.id)) {
    const goesWithTable = context.isDropped(above.parent ?? '')
    // What the parents lose, or do not have any more as it was, is not there; what goes with a parent still is.
    if ((context.isDropped(above.id) && !goesWithTable) || after.some((other) => isSame(above, other))) continue
    const name = nameOn(from, above, context.before)
    if (goesWithTable && name !== undefined && isForeign(above)) {
      // Between tables that refer to each other it is gone by then.
      step(dropOf(to, above, name, 'IF EXISTS '), `drop ${name} of ${spoken(to)}, which its parent gave it`)
      continue
    }
    const [own] = [...open].filter((each) => isSame(each, above)).sort((a, b) => Number(b.name === name) - Number(a.name === name))
    if (own !== undefined) open.delete(own)
    if (own !== undefined && (name === undefined || own.name === name)) produces.push(own.id)
    else if (own !== undefined && name !== undefined) step(renameTo(to, own, name), `name ${name} of ${spoken(to)} ${own.name}`, [own.id])
    else if (name !== undefined) step(dropOf(to, above, name), `drop ${name} of ${spoken(to)}, which its parent gave it`)
  }
  return { produces, steps }
}

/** A table that is to become a partition has to have the checks of its parents. */
export function checksLacking(from: Table, to: Table, context: RuleContext): readonly Action[] {
  const own = childrenOf(context.before, from.id)
  const had = membersAbove(context.before, from.id)
  const lacking = membersAbove(context.after, to.id).filter(
    (above): above is Fact<'constraint'> => isCheck(above) && ![...own, ...had].some((each) => isSame(each, above)),
  )
  return lacking.map((check) =>
    action(to, 'alter', {
      sql: `ALTER TABLE ${objectName(to.id)} ADD ${constraintDefinition({ ...check, parent: to.id })}`,
      title: `add check ${check.name} to ${spoken(to)}, as its parent has it`,
      lock: 'ACCESS EXCLUSIVE',
    }),
  )
}

const foreignKeysAbove = (base: FactBase, table: Table): readonly Fact<'constraint'>[] =>
  table.payload.partitionOf === undefined ? [] : membersAbove(base, table.id).filter((fact): fact is Fact<'constraint'> => isForeign(fact))

/** Names that a partition has for the foreign keys of its parents, where they are others than the parents'. `from`: as it was, where it was there. */
export function foreignKeyNames(from: Table | undefined, to: Table, context: RuleContext): readonly Action[] {
  return foreignKeysAbove(context.after, to).flatMap((above) =>
    from?.payload.partitionOf !== undefined && context.isAdded(above.id) ? [] : nameForeignKey(above, from, to, context),
  )
}

/** Of a new foreign key, on every partition. */
export const namesOfNewForeignKey = (key: Fact<'constraint'>, context: RuleContext): readonly Action[] =>
  partitionsOf(context.after, key.parent ?? '').flatMap((table) =>
    context.isAdded(table.id) || isJoining(table, context) ? [] : nameForeignKey(key, undefined, table, context),
  )

function nameForeignKey(above: Fact<'constraint'>, from: Table | undefined, to: Table, context: RuleContext): readonly Action[] {
  const isOld = context.before.facts.has(above.id) && !context.isReplaced(above.id) && !context.isDropped(above.id)
  const own = from === undefined || from.payload.partitionOf !== undefined ? [] : childrenOf(context.before, from.id)
  const brought = own.find((each) => context.isDropped(each.id) && isSame(each, above))?.name
  const old = brought ?? (isOld ? from?.payload.attached?.[above.id] : undefined) ?? above.name
  const now = to.payload.attached?.[above.id] ?? above.name
  if (old === now) return []
  return [
    action(to, from === undefined ? 'add' : 'alter', {
      sql: `ALTER TABLE ${objectName(to.id)} RENAME CONSTRAINT ${identifier(old)} TO ${identifier(now)}`,
      title: `name foreign key ${above.name} of ${spoken(to)} ${now}`,
      lock: 'ACCESS EXCLUSIVE',
      consumes: [to.id, above.id],
      after: [to.id],
      weight: 29,
    }),
  ]
}
