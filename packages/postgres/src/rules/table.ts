import { inlineChildren, sameValue, type Action, type Fact, type FactId, type Rule, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { isRoot, namesOfNewIndex, namesOfNewPartition } from './attached-names.ts'
import { namesAfterRename } from './attached-renames.ts'
import { columnDefinition } from './column-definition.ts'
import { columnState, columnsAbove, inheritedColumn } from './column-state.ts'
import { commentOn, newComment } from './comment.ts'
import { isRestated } from './override-column.ts'
import { columnExtras, followSequences, serialSequence, serialOwner } from './column-extras.ts'
import { constraintDefinition, constraintExtras } from './constraint-definition.ts'
import { partitionsThatGiveWay } from './sibling-partitions.ts'
import { objectName, spoken } from './names.ts'
import { followNotNull, isNamedByChild, notNullConstraint } from './not-null.ts'
import { foreignKeyNames } from './partition-members.ts'
import { familyChanges, familyClauses, leaveParent } from './table-family.ts'
import { takenAlong } from './owned-sequences.ts'
import { renameObject } from './rename.ts'
import { bringRows, moveAside, remadeAbove } from './repartition.ts'
import { sequencesThatStay } from './sequence-persistence.ts'
import { parameterChanges, withParameters } from './storage-options.ts'

/** Foreign keys come later, when every table is there; a constraint that is not valid, or not of the partitions, can only be added. */
const inlines = (constraint: Fact<'constraint'>): boolean =>
  constraint.payload.type !== 'foreign' && constraint.payload.notValid !== true && constraint.payload.options['only'] !== true

/** The server makes one key of two over the same columns, where one statement asks for both (`transformIndexConstraints`). */
const isFirstOfItsKind = (key: Fact<'constraint'>, index: number, all: readonly Fact<'constraint'>[]): boolean =>
  !isKey(key) || !all.slice(0, index).some((other) => isKey(other) && sameValue(keyOf(other), keyOf(key)))
const isKey = ({ payload }: Fact<'constraint'>): boolean => payload.type === 'primary' || payload.type === 'unique'
const keyOf = ({ payload: { columns, include = [], nullsNotDistinct, deferrable } }: Fact<'constraint'>): unknown => [
  columns,
  include,
  nullsNotDistinct === true,
  deferrable ?? '',
]

/** What a child declares besides its parents, the server merges; what it only changes of theirs is said once the table is there. */
const isDeclared = (column: Fact<'column'>, context: RuleContext): boolean =>
  columnState(context.after, column.parent ?? '', column.name) === 'declared'

function createTable(table: Fact<'table'>, context: RuleContext): readonly Action[] {
  const inherited = (name: string): boolean =>
    context
      .children(table.id, 'column', 'after')
      .some((column) => column.name === name && inheritedColumn(column, context.after) !== undefined)
  // A key over a column that the table changes afterwards has to wait for it.
  const inline = inlineChildren(table, context, (constraint) => inlines(constraint) && !constraint.payload.columns.some(inherited))
  const columns = inline.columns.filter((column) => isDeclared(column, context))
  const constraints = inline.constraints.filter(isFirstOfItsKind)
  const others = inline.columns.filter((column) => !columns.includes(column))
  const named = others.filter((column) => isNamedByChild(column, context))
  // Nothing but the name is theirs.
  const given = others.filter((column) => isRestated(column, context))
  const produces = [table.id, ...[...columns, ...given, ...constraints].map((fact) => fact.id)]
  const { options } = table.payload
  const lines = [
    ...columns.map((column) => columnDefinition(column, context)),
    ...named.map((column) => notNullConstraint(column, context)),
    ...constraints.map(constraintDefinition),
  ]
  const sql = [
    `CREATE ${options['unlogged'] === true ? 'UNLOGGED ' : ''}TABLE ${objectName(table.id)}${familyClauses(table, lines)}`,
    ...(options['accessMethod'] === undefined ? [] : [` USING ${identifier(String(options['accessMethod']))}`]),
    withParameters(options),
    ...(options['tablespace'] === undefined ? [] : [` TABLESPACE ${identifier(String(options['tablespace']))}`]),
  ].join('')
  return [
    ...columns.flatMap((column) => serialSequence(column, table, context)),
    action(table, 'add', {
      sql,
      title: `create table ${spoken(table)}`,
      produces,
      consumes: newKeysAbove(table.id, context),
      after: [...columnsAbove(table.id, context), ...partitionsThatGiveWay(table, context)],
    }),
    ...columns.flatMap((column) => serialOwner(column, table)),
    ...securityChanges(table, 'add', {}, options),
    ...newComment(table, `TABLE ${objectName(table.id)}`, table.payload.comment),
    ...columns.flatMap((column) => columnExtras(column, context)),
    ...constraints.flatMap((constraint) => constraintExtras(constraint, context)),
    ...namesOfNewPartition(table, context),
    ...foreignKeyNames(undefined, table, context),
    ...constraints.filter(isRoot).flatMap((key) => namesOfNewIndex(key, context)),
  ]
}

/** A child has the NOT NULL of its first parent that has one when it is made: a key that such a parent gets has to be there. */
function newKeysAbove(table: FactId, context: RuleContext): readonly FactId[] {
  const fact = context.after.facts.get(table)
  const parents = fact?.kind === 'table' ? (fact.payload.inherits ?? []) : []
  return parents.flatMap((parent) => [
    ...context
      .children(parent, 'constraint', 'after')
      .flatMap(({ id, payload }) => (payload.type === 'primary' && context.isAdded(id) ? [id] : [])),
    ...newKeysAbove(parent, context),
  ])
}

type Options = Fact<'table'>['payload']['options']

function securityChanges(table: Fact<'table'>, change: 'add' | 'alter', from: Options, to: Options): readonly Action[] {
  const clauses: readonly (readonly [option: string, clause: string])[] = [
    ['rowSecurity', `${to['rowSecurity'] === true ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`],
    ['forceRowSecurity', `${to['forceRowSecurity'] === true ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`],
    ['replicaIdentity', `REPLICA IDENTITY ${String(to['replicaIdentity'] ?? 'default').toUpperCase()}`],
  ]
  return clauses
    .filter(([option]) => from[option] !== to[option])
    .map(([option, clause]) => alterTable(table, change, option, clause, from, to))
}

function alterTable(
  table: Fact<'table'>,
  change: 'add' | 'alter',
  option: string,
  clause: string,
  from: Options,
  to: Options,
  parts: Partial<Action> = {},
): Action {
  return {
    ...action(
      table,
      change,
      {
        sql: `ALTER TABLE ${objectName(table.id)} ${clause}`,
        title: `${option} of table ${spoken(table)}`,
        lock: 'ACCESS EXCLUSIVE',
        consumes: [table.id],
      },
      changed(option, from[option], to[option]),
    ),
    ...parts,
  }
}

/** A partition has that of its parent where neither says another; a partitioned table holds no rows and may have none. */
function accessMethod({ payload }: Fact<'table'>, context: RuleContext): string {
  const own = payload.options['accessMethod']
  if (own !== undefined) return identifier(String(own))
  const above = payload.partitionOf === undefined ? undefined : context.after.facts.get(payload.partitionOf.table)
  const method = above?.kind === 'table' ? accessMethod(above, context) : 'DEFAULT'
  return method === 'DEFAULT' && payload.partitionBy === undefined ? 'heap' : method
}

function alter(from: Fact<'table'>, to: Fact<'table'>, context: RuleContext): readonly Action[] {
  const [before, after] = [from.payload.options, to.payload.options]
  const rewriting: readonly (readonly [option: string, clause: string])[] = [
    ['unlogged', `SET ${after['unlogged'] === true ? 'UNLOGGED' : 'LOGGED'}`],
    ['accessMethod', `SET ACCESS METHOD ${accessMethod(to, context)}`],
    ['tablespace', `SET TABLESPACE ${identifier(String(after['tablespace'] ?? 'pg_default'))}`],
  ]
  return [
    ...familyChanges(from, to, context),
    ...rewriting
      .filter(([option]) => before[option] !== after[option])
      .map(([option, clause]) => alterTable(to, 'alter', option, clause, before, after, { rewrite: true })),
    ...sequencesThatStay(to, context),
    ...parameterChanges(before, after).map((clause) =>
      alterTable(to, 'alter', 'options', clause, before, after, { lock: 'SHARE UPDATE EXCLUSIVE' }),
    ),
    ...securityChanges(to, 'alter', before, after),
    ...(from.payload.comment === to.payload.comment
      ? []
      : [commentOn(to, 'alter', `TABLE ${objectName(to.id)}`, from.payload.comment, to.payload.comment)]),
  ]
}

/** Made anew by itself, and not with the table it is a partition of. */
const isRemade = (table: Fact<'table'>, context: RuleContext): boolean => {
  const before = context.before.facts.get(table.id)
  return context.isReplaced(table.id) && before?.kind === 'table' && remadeAbove(before, context) === undefined
}

export const tableRule: Rule<'table'> = (delta, context) => {
  switch (delta.change) {
    case 'add':
      return [...createTable(delta.to, context), ...(isRemade(delta.to, context) ? bringRows(delta.to, context) : [])]
    case 'drop': {
      if (remadeAbove(delta.from, context) !== undefined) return []
      if (context.isReplaced(delta.id)) return moveAside(delta.from, context)
      const columns = context.children(delta.id, 'column', 'before').map((column) => column.id)
      return [
        ...leaveParent(delta.from, context),
        action(delta.from, 'drop', {
          sql: `DROP TABLE ${objectName(delta.id)}`,
          title: `drop table ${spoken(delta.from)}`,
          destroys: [delta.id, ...takenAlong(columns, context)],
          lock: 'ACCESS EXCLUSIVE',
          loss: 'certain',
          loses: `table ${spoken(delta.from)} with its rows`,
          reversibility: 'lossy',
        }),
      ]
    }
    case 'rename':
      return [
        ...renameObject('TABLE', delta.from, delta.to),
        ...followSequences(delta.from, delta.to, context),
        ...followNotNull(
          delta.to,
          context.children(delta.to.id, 'column', 'after').map((column) => [delta.from.name, column.name, column]),
          context,
        ),
        ...namesAfterRename([[delta.from, delta.to]], (root) => root, context.before),
      ]
    case 'alter':
      return alter(delta.from, delta.to, context)
  }
}
