import { objectId, type Action, type Fact, type FactBase, type RuleContext } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { optionChanges } from './column-options.ts'
import { conversion, mayLose, rewrites } from './column-type.ts'
import { commentOn } from './comment.ts'
import { enterIdentity, keepsSequence, leaveIdentity, narrowIdentity, takeOver, type Sides } from './identity-change.ts'
import { spokenTable, tableOf } from './names.ts'
import { needsSwap } from './needs-swap.ts'
import { isTakenOver } from './other-kind.ts'
import { notNullChanges } from './not-null.ts'
import { sequenceOf } from './owned-sequences.ts'
import { persistenceChange } from './sequence-persistence.ts'

/** One statement for type, collation and default: the old default may not fit the new type, and the rows are written once. */
function retype(from: Fact<'column'>, to: Fact<'column'>): Action {
  const name = identifier(to.name)
  const [old, now] = [from.payload, to.payload]
  const using = old.type === now.type || now.generated !== undefined ? undefined : conversion(name, old.type, now.type)
  // Without one it gets that of the type.
  const collation = now.collation === undefined ? undefined : collationName(now.collation)
  const clauses = [
    ...(old.default === undefined ? [] : [`ALTER COLUMN ${name} DROP DEFAULT`]),
    `ALTER COLUMN ${name} TYPE ${now.type}${collation === undefined ? '' : ` COLLATE ${collation}`}${using === undefined ? '' : ` USING ${using}`}`,
    ...(now.default === undefined ? [] : [`ALTER COLUMN ${name} SET DEFAULT ${now.default}`]),
  ]
  const loses = old.type !== now.type && mayLose(old.type, now.type)
  return action(
    to,
    'alter',
    {
      sql: `ALTER TABLE ${tableOf(to)} ${clauses.join(', ')}`,
      title: `change type of column ${to.name} of ${spokenTable(to)}`,
      lock: 'ACCESS EXCLUSIVE',
      rewrite: old.type !== now.type && rewrites(old.type, now.type),
      ...(loses
        ? {
            loss: 'possible' as const,
            loses: `values of column ${to.name} of ${spokenTable(to)} that do not fit ${now.type}`,
            reversibility: 'lossy' as const,
          }
        : {}),
    },
    old.type === now.type ? changed('collation', old.collation, now.collation) : changed('type', old.type, now.type),
  )
}

/** From one state of a column to the other; `isGiven`: one of them is what a parent has. */
export function alterColumn(from: Fact<'column'>, to: Fact<'column'>, context: RuleContext, isGiven = false): readonly Action[] {
  const name = identifier(to.name)
  const [old, now] = [from.payload, to.payload]
  const set = (attribute: string, clause: string, before: unknown, after: unknown): Action =>
    action(
      to,
      'alter',
      {
        sql: `ALTER TABLE ${tableOf(to)} ALTER COLUMN ${name} ${clause}`,
        title: `${attribute} of column ${to.name} of ${spokenTable(to)}`,
        lock: 'ACCESS EXCLUSIVE',
      },
      changed(attribute, before, after),
    )
  const retyped = old.type !== now.type || old.collation !== now.collation
  const sides = sidesOf(from, to, context)
  const actions = [
    ...leaveIdentity(sides),
    ...narrowIdentity(sides),
    ...(old.generated !== undefined && now.generated === undefined ? [set('generated', 'DROP EXPRESSION', old.generated, undefined)] : []),
    ...(retyped ? [retype(from, to)] : []),
    ...(!retyped && old.default !== now.default && !isSwapped(from, context) ? defaultChange(set, old.default, now.default) : []),
    ...(old.generated !== undefined && now.generated !== undefined && old.generated.expression !== now.generated.expression
      ? [
          {
            ...set('generated', `SET EXPRESSION AS (${now.generated.expression})`, old.generated, now.generated),
            rewrite: now.generated.stored,
          },
        ]
      : []),
    ...notNullChanges(from, to, context, isGiven),
    ...enterIdentity(sides, context),
    ...persistenceChange(from, to, keepsSequence(sides), context),
    ...optionChanges(to, 'alter', old.options, now.options, context),
    ...(old.comment === now.comment ? [] : [commentOn(to, 'alter', `COLUMN ${tableOf(to)}.${name}`, old.comment, now.comment)]),
  ]
  return takeOver(sides, actions)
}

/** True where the column's enum gets a new type: that sets the new default as well. */
function isSwapped(column: Fact<'column'>, context: RuleContext): boolean {
  return column.dependsOn.some((id) =>
    context.deltas.get(id)?.some((delta) => {
      if (delta.change === 'drop') return (delta.kind === 'enum' || delta.kind === 'domain') && isTakenOver(delta.from, context)
      return delta.kind === 'enum' && delta.change === 'alter' && needsSwap(delta.from, delta.to)
    }),
  )
}

function defaultChange(
  set: (attribute: string, clause: string, from: unknown, to: unknown) => Action,
  from: string | undefined,
  to: string | undefined,
): readonly Action[] {
  return [set('default', to === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${to}`, from, to)]
}

/** The sequence of a serial may go on by itself, or one that stood by itself become the serial's: then it is neither made nor dropped. */
function sidesOf(from: Fact<'column'>, to: Fact<'column'>, { before, after }: RuleContext): Sides {
  const standing = (base: FactBase, column: Fact<'column'>): Fact<'sequence'> | undefined => {
    const { schema, name } = sequenceOf(column)
    const fact = base.facts.get(objectId('sequence', schema, name))
    return fact?.kind === 'sequence' && column.payload.identity?.mode === 'serial' ? fact : undefined
  }
  const adopted = standing(before, to)
  return { from, to, keepsSequence: adopted !== undefined || standing(after, from) !== undefined, adopted }
}
