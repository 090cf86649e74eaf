import { alterTable } from './alter-table.ts'
import { createIndex } from './create-index.ts'
import { createTable, createTableAs } from './create-table.ts'
import { copy, insert, merge, query, remove, truncate, update } from './data.ts'
import { drop } from './drop.ts'
import type { EffectReader } from './effect-scope.ts'
import { call, createFunction, createTrigger, doBlock } from './functions.ts'
import * as objects from './other-objects.ts'
import * as privileges from './privileges.ts'
import { moveToSchema, rename } from './rename.ts'
import * as types from './types.ts'
import { view } from './view.ts'

/** By the kind of the statement's node. What is missing here is unknown, and conflicts with everything. */
export const readers: Readonly<Record<string, EffectReader>> = {
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,
  CreateStmt: createTable,
  CreateTableAsStmt: createTableAs,
  CopyStmt: copy,
  InsertStmt: insert,
  MergeStmt: merge,
  SelectStmt: query,
  DeleteStmt: remove,
  TruncateStmt: truncate,
  UpdateStmt: update,
  DropStmt: drop,
  CallStmt: call,
  CreateFunctionStmt: createFunction,
  CreateTrigStmt: createTrigger,
  DoStmt: doBlock,
  ViewStmt: view,
  RenameStmt: rename,
  AlterObjectSchemaStmt: moveToSchema,
  CreateSeqStmt: objects.createSequence,
  AlterSeqStmt: objects.alterSequence,
  CreateSchemaStmt: objects.createSchema,
  CreateExtensionStmt: objects.createExtension,
  AlterExtensionStmt: objects.alterExtension,
  CreatePolicyStmt: objects.policy,
  AlterPolicyStmt: objects.policy,
  RuleStmt: objects.rule,
  CommentStmt: objects.comment,
  CreateStatsStmt: objects.statistics,
  CreatePublicationStmt: objects.publication,
  AlterPublicationStmt: objects.publication,
  RefreshMatViewStmt: objects.refresh,
  AlterFunctionStmt: objects.alterFunction,
  LockStmt: objects.needs,
  ClusterStmt: objects.needs,
  ReindexStmt: objects.needs,
  VacuumStmt: objects.needs,
  VariableSetStmt: objects.nothing,
  VariableShowStmt: objects.nothing,
  TransactionStmt: objects.nothing,
  NotifyStmt: objects.nothing,
  ListenStmt: objects.nothing,
  UnlistenStmt: objects.nothing,
  ConstraintsSetStmt: objects.nothing,
  DiscardStmt: objects.nothing,
  CheckPointStmt: objects.nothing,
  CreateEnumStmt: types.createEnum,
  AlterEnumStmt: types.alterEnum,
  CreateDomainStmt: types.createDomain,
  AlterDomainStmt: types.alterDomain,
  AlterTypeStmt: types.alterDomain,
  CompositeTypeStmt: types.createComposite,
  CreateRangeStmt: types.createRange,
  DefineStmt: types.define,
  GrantStmt: privileges.grant,
  GrantRoleStmt: privileges.grantRole,
  AlterDefaultPrivilegesStmt: privileges.defaultPrivileges,
  CreateRoleStmt: privileges.createRole,
  AlterRoleStmt: privileges.alterRole,
  AlterRoleSetStmt: privileges.alterRole,
  DropRoleStmt: privileges.dropRole,
  AlterOwnerStmt: privileges.alterOwner,
}
