import { dependenciesOf, objectId, type Action, type Fact, type FactBase, type Rule, type RuleContext } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { asGiven } from './as-given.ts'
import { columnDefinition } from './column-definition.ts'
import { namesAfterRename, partitionPairs, withColumn } from './attached-renames.ts'
import { columnExtras, renameSequence, serialOwner, serialSequence } from './column-extras.ts'
import { optionChanges } from './column-options.ts'
import { conversion, mayLose, rewrites } from './column-type.ts'
import { commentOn } from './comment.ts'
import { enterIdentity, leaveIdentity, narrowIdentity, takeOver, type Sides } from './identity-change.ts'
import { spokenTable, tableOf } from './names.ts'
import { needsSwap } from './needs-swap.ts'
import { followNotNull, notNullChanges } from './not-null.ts'
import { inheritedColumn } from './table-family.ts'
import { sequenceOf, takenAlong } from './owned-sequences.ts'
import { isVolatile } from './volatile-default.ts'

/** The server tries a domain's own checks on every row, and writes the table anew for it. */
function isChecked(column: Fact<'column'>, { after }: RuleContext): boolean {
  return dependenciesOf(after, column.id).some((id) => {
    const type = after.facts.get(id)
    return type?.kind === 'domain' && (type.payload.notNull || type.payload.checks.length > 0)
  })
}

function addColumn(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  const { payload } = column
  const rewrite =
    payload.identity !== undefined ||
    payload.generated?.stored === true ||
    (payload.default !== undefined && isVolatile(payload.default)) ||
    isChecked(column, context)
  return [
    ...serialSequence(column, column),
    action(column, 'add', {
      sql: `ALTER TABLE ${tableOf(column)} ADD COLUMN ${columnDefinition(column, context)}`,
      title: `add column ${column.name} to ${spokenTable(column)}`,
      produces: [column.id],
      lock: 'ACCESS EXCLUSIVE',
      rewrite,
    }),
    ...serialOwner(column, column),
    ...columnExtras(column, context),
  ]
}

function dropColumn(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  const computed = column.payload.generated !== undefined
  const named = `column ${column.name} of ${spokenTable(column)}`
  return [
    action(column, 'drop', {
      sql: `ALTER TABLE ${tableOf(column)} DROP COLUMN ${identifier(column.name)}`,
      title: `drop ${named}`,
      destroys: [column.id, ...takenAlong([column.id], context)],
      lock: 'ACCESS EXCLUSIVE',
      ...(computed ? {} : { loss: 'certain' as const, loses: `${named} with its values`, reversibility: 'lossy' as const }),
    }),
  ]
}

/** One statement for type, collation and default: the old default may not fit the new type, and the rows are written once. */
function retype(from: Fact<'column'>, to: Fact<'column'>): Action {
  const name = identifier(to.name)
  const [old, now] = [from.payload, to.payload]
  const using = old.type === now.type || now.generated !== undefined ? undefined : conversion(name, old.type, now.type)
  const collation =
    now.collation === undefined ? (old.collation === undefined ? undefined : 'pg_catalog."default"') : collationName(now.collation)
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
    ...enterIdentity(sides),
    ...optionChanges(to, 'alter', old.options, now.options, context),
    ...(old.comment === now.comment ? [] : [commentOn(to, 'alter', `COLUMN ${tableOf(to)}.${name}`, old.comment, now.comment)]),
  ]
  return takeOver(sides, actions)
}

/** True where the column's enum gets a new type: that sets the new default as well. */
function isSwapped(column: Fact<'column'>, { deltas }: RuleContext): boolean {
  return column.dependsOn.some((id) =>
    deltas.get(id)?.some((delta) => delta.kind === 'enum' && delta.change === 'alter' && needsSwap(delta.from, delta.to)),
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

function overrideColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const actions = alterColumn(asGiven(column, given), column, context, true)
  return actions.map((one, index) => ({
    ...one,
    consumes:
      index === 0
        ? [...one.consumes.filter((id) => id !== column.id), ...(column.parent === undefined ? [] : [column.parent])]
        : one.consumes,
    ...(index === 0 ? { produces: [column.id] } : {}),
  }))
}

/** True for a column that a child declares beside the parent's, and as that has it: only `CREATE TABLE` can say so, which merges the two. */
export function isRestated(column: Fact<'column'>, context: RuleContext): boolean {
  const given = inheritedColumn(column, context.after)
  return given !== undefined && overrideColumn(column, given, context).length === 0
}

function restoreColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const changes = alterColumn(column, asGiven(column, given), context, true)
  const clause = given.payload.notNull ? 'SET NOT NULL' : 'DROP NOT NULL'
  // Where the parent comes to be what the child was, there is nothing to change, and this says so.
  const same = action(column, 'drop', {
    sql: `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${identifier(column.name)} ${clause}`,
    title: `column ${column.name} of ${spokenTable(column)} as its parent has it`,
    lock: 'ACCESS EXCLUSIVE',
  })
  const actions = changes.length === 0 ? [same] : changes
  return actions.map((one, index) => (index === actions.length - 1 ? { ...one, destroys: [column.id] } : one))
}

export const columnRule: Rule<'column'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const given = inheritedColumn(delta.to, context.after)
      return given === undefined ? addColumn(delta.to, context) : overrideColumn(delta.to, given, context)
    }
    case 'drop': {
      const given = inheritedColumn(delta.from, context.after)
      if (given !== undefined && inheritedColumn(delta.from, context.before) !== undefined) return restoreColumn(delta.from, given, context)
      return dropColumn(delta.from, context)
    }
    case 'rename': {
      if (delta.from.name === delta.to.name) return []
      const sql = `ALTER TABLE ${tableOf(delta.to)} RENAME COLUMN ${identifier(delta.from.name)} TO ${identifier(delta.to.name)}`
      const rename = action(
        delta.to,
        'rename',
        { sql, title: `rename column ${delta.from.name} of ${spokenTable(delta.to)} to ${delta.to.name}`, lock: 'ACCESS EXCLUSIVE' },
        changed('name', delta.from.name, delta.to.name),
      )
      const table = context.after.facts.get(delta.to.parent ?? '')
      const names = namesAfterRename(
        partitionPairs(context.before, delta.to.parent ?? ''),
        withColumn(delta.from.name, delta.to.name),
        context.before,
      )
      return [
        rename,
        ...(delta.to.payload.identity === undefined ? [] : renameSequence(sequenceOf(delta.from).name, delta.to, delta.to)),
        ...(table?.kind === 'table' ? followNotNull(table, [[table.name, delta.from.name, delta.to]], context) : []),
        ...names,
      ]
    }
    case 'alter':
      return alterColumn(delta.from, delta.to, context)
  }
}
