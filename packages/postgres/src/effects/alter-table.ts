import type { ObjectName } from '@yama/sql'
import { fieldsOf, listOf, nodeOf, relationOf, textOf, type Fields } from './ast.ts'
import { columnDefinition, givenBy, numbered } from './column-definition.ts'
import { defaultText, typeText } from './column-says.ts'
import { constraintEffects } from './constraint.ts'
import type { EffectReader, EffectScope } from './effect-scope.ts'
import { judged } from './judged.ts'
import { partitionLinks } from './partition-links.ts'
import { namedTypes, queryReads } from './query-reads.ts'
import { typeReads } from './type-reads.ts'

type Command = (command: Fields, table: ObjectName, column: string, scope: EffectScope) => void

/** `ALTER TABLE`, also of views, indexes and sequences: command by command. */
export const alterTable: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  if (textOf(fields['objtype']) === 'OBJECT_TYPE') {
    scope.build.object('type', table, 'write', 'type')
    return
  }
  scope.build.object('relation', table, 'read', 'exist')
  for (const entry of listOf(fields['cmds'])) {
    const command = nodeOf(entry, 'AlterTableCmd') ?? {}
    const subtype = textOf(command['subtype'])
    const read = COMMANDS[subtype] ?? (SETTINGS[subtype] === undefined ? undefined : setting)
    // What is not known restates the table, as far as anybody can tell.
    if (read === undefined) scope.build.object('relation', table, 'write', 'shape')
    else read(command, table, textOf(command['name']), scope)
    if (command['behavior'] === 'DROP_CASCADE') scope.build.cascade()
  }
}

const inColumn =
  (access: 'read' | 'write', ...facets: readonly ('type' | 'null' | 'default' | 'rows' | 'exist')[]): Command =>
  (_, table, column, { build }) => {
    build.member('relation', table, `column:${column}`, access, ...facets)
  }

const behaviour =
  (kind: string): Command =>
  (_, table, name, scope) => {
    scope.build.member('relation', table, `${kind}:${name}`, 'write', 'definition')
    judged(table, scope, 'insert', 'update', 'delete')
  }

/** What they set; two of one kind say the same thing otherwise. */
const SETTINGS: Readonly<Record<string, string>> = {
  AT_SetStatistics: 'statistics',
  AT_SetOptions: 'options',
  AT_ResetOptions: 'options',
  AT_SetStorage: 'storage',
  AT_SetCompression: 'compression',
  AT_ClusterOn: 'cluster',
  AT_DropCluster: 'cluster',
  AT_SetRelOptions: 'settings',
  AT_ResetRelOptions: 'settings',
  AT_ReplicaIdentity: 'identity',
  AT_SetTableSpace: 'place',
  AT_SetLogged: 'logged',
  AT_SetUnLogged: 'logged',
  AT_SetAccessMethod: 'method',
  AT_GenericOptions: 'foreign',
}

const OF_COLUMN = new Set(['statistics', 'options', 'storage', 'compression'])

const setting: Command = (command, table, name, { build }) => {
  const kind = SETTINGS[textOf(command['subtype'])] ?? ''
  // With another type a column gets the storage of that.
  if (OF_COLUMN.has(kind)) build.member('relation', table, `column:${name}`, 'read', 'type')
  const index = kind === 'cluster' ? name : kind === 'identity' ? textOf(nodeOf(command['def'], 'ReplicaIdentityStmt')?.['name']) : ''
  if (index !== '') build.object('relation', { schema: table.schema, name: index }, 'read', 'exist')
  build.member('relation', table, 'children:', 'read', 'definition')
  build.member('relation', table, `setting:${kind}${OF_COLUMN.has(kind) ? ` ${name}` : ''}`, 'write', 'comment')
}

const attached =
  (isPartition: boolean): Command =>
  (command, table, _, scope) => {
    const named = fieldsOf(command['def'])
    const other = relationOf(isPartition ? fieldsOf(nodeOf(named, 'PartitionCmd'))['name'] : named)
    if (isPartition) {
      partitionLinks(other, table, true, scope)
      // The new partition's rows are checked against its bounds.
      judged(other, scope, 'insert', 'update')
      scope.build.member('relation', other, 'rows:all', 'read', 'rows')
      scope.build.object('relation', other, 'read', 'shape')
    } else partitionLinks(table, other, false, scope)
  }

const COMMANDS: Readonly<Record<string, Command>> = {
  AT_AddColumn: (command, table, _, scope) => {
    const definition = nodeOf(command['def'], 'ColumnDef') ?? {}
    scope.build.member('relation', table, `column:${textOf(definition['colname'])}`, 'add', 'exist')
    if (command['missing_ok'] === true) scope.build.idempotent()
    columnDefinition(definition, table, true, scope)
  },
  AT_DropColumn: (command, table, column, { build }) => {
    build.member('relation', table, `column:${column}`, 'write', 'exist')
    if (command['missing_ok'] === true) build.idempotent()
  },
  AT_AlterColumnType: (command, table, column, scope) => {
    const definition = nodeOf(command['def'], 'ColumnDef') ?? {}
    const type = typeText(definition)
    scope.build.restates(table, column, type === undefined ? {} : { type }, ['type'])
    typeReads(definition['typeName'], scope)
    queryReads(definition['raw_default'], scope, 'rows', table)
  },
  AT_ColumnDefault: (command, table, column, scope) => {
    scope.build.restates(table, column, { default: defaultText(command['def']) }, ['default'])
    queryReads(command['def'], scope, 'depends')
    namedTypes(command['def'], scope)
    givenBy(command['def'], table, column, scope)
  },
  AT_SetNotNull: (_, table, column, { build }) => {
    build.restates(table, column, { null: 'NOT NULL' }, ['null'])
  },
  AT_DropNotNull: (_, table, column, { build }) => {
    build.restates(table, column, { null: 'NULL' }, ['null'])
  },
  AT_AddIdentity: (_, table, column, scope) => {
    scope.build.member('relation', table, `column:${column}`, 'write', 'default', 'null')
    numbered(table, column, scope)
  },
  // Whether it may be given a value changes too.
  AT_SetIdentity: inColumn('write', 'default', 'null'),
  AT_DropIdentity: inColumn('write', 'default', 'null'),
  AT_SetExpression: inColumn('write', 'type', 'rows'),
  AT_DropExpression: inColumn('write', 'type'),
  AT_AddConstraint: (command, table, _, scope) => {
    constraintEffects(nodeOf(command['def'], 'Constraint') ?? {}, table, scope, [], true)
  },
  AT_ValidateConstraint: (_, table, name, { build }) => {
    build.member('relation', table, `constraint:${name}`, 'write', 'definition')
    build.member('relation', table, 'rows:all', 'read', 'rows')
  },
  AT_AlterConstraint: (command, table, _, { build }) => {
    const name = textOf((nodeOf(command['def'], 'Constraint') ?? fieldsOf(nodeOf(command['def'], 'ATAlterConstraint')))['conname'])
    build.member('relation', table, `constraint:${name}`, 'write', 'definition')
  },
  AT_DropConstraint: (command, table, name, scope) => {
    const { build } = scope
    // What it let through it lets through still; only who goes on after a refusal sees that there is none.
    judged(table, scope, 'refused')
    build.member('relation', table, `constraint:${name}`, 'write', 'exist', 'uniqueness')
    build.object('relation', { schema: table.schema, name }, 'write', 'exist')
    if (command['missing_ok'] === true) build.idempotent()
  },
  AT_AddInherit: attached(false),
  AT_AttachPartition: attached(true),
  AT_DetachPartition: (command, table, _, scope) => {
    const { build } = scope
    const other = relationOf(fieldsOf(nodeOf(command['def'], 'PartitionCmd'))['name'])
    build.member('relation', table, `partition:${other.name}`, 'write', 'exist')
    build.object('relation', table, 'write', 'rows')
    // What is done to the parent after that is not done to it.
    build.object('relation', other, 'write', 'shape')
    judged(other, scope, 'insert', 'update')
  },
  AT_ChangeOwner: (_, table, __, { build }) => {
    build.object('relation', table, 'write', 'privileges')
  },
  AT_EnableTrig: behaviour('trigger'),
  AT_EnableAlwaysTrig: behaviour('trigger'),
  AT_EnableReplicaTrig: behaviour('trigger'),
  AT_DisableTrig: behaviour('trigger'),
  AT_EnableTrigAll: behaviour('trigger'),
  AT_DisableTrigAll: behaviour('trigger'),
  AT_EnableTrigUser: behaviour('trigger'),
  AT_DisableTrigUser: behaviour('trigger'),
  AT_EnableRule: behaviour('rule'),
  AT_DisableRule: behaviour('rule'),
  AT_EnableRowSecurity: behaviour('row security'),
  AT_DisableRowSecurity: behaviour('row security'),
  AT_ForceRowSecurity: behaviour('row security forced'),
  AT_NoForceRowSecurity: behaviour('row security forced'),
}
