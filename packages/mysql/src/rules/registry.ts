import type { DatabaseKind } from '@yama/core'
import { NOT_SUPPORTED, type RuleRegistry } from '@yama/schema'
import { column } from './column.ts'
import { constraint } from './constraint.ts'
import { functionRule } from './function.ts'
import { index } from './index.ts'
import { sequence } from './sequence.ts'
import { rows } from './rows.ts'
import { table } from './table.ts'
import { trigger } from './trigger.ts'
import { view } from './view.ts'

/**
 * A schema is a database here, and an enumeration part of a column's type; only MariaDB has sequences. Privileges belong to the server, not to
 * a database, and what is left has no equal.
 */
export const rulesOf = (kind: DatabaseKind): RuleRegistry => ({
  schema: NOT_SUPPORTED,
  extension: NOT_SUPPORTED,
  enum: NOT_SUPPORTED,
  domain: NOT_SUPPORTED,
  compositeType: NOT_SUPPORTED,
  rangeType: NOT_SUPPORTED,
  sequence: kind === 'mariadb' ? sequence : NOT_SUPPORTED,
  table,
  column,
  constraint,
  index,
  rows,
  function: functionRule,
  view,
  trigger,
  rule: NOT_SUPPORTED,
  policy: NOT_SUPPORTED,
  statistics: NOT_SUPPORTED,
  publication: NOT_SUPPORTED,
  eventTrigger: NOT_SUPPORTED,
  object: NOT_SUPPORTED,
  grant: NOT_SUPPORTED,
  defaultPrivilege: NOT_SUPPORTED,
  owner: NOT_SUPPORTED,
})
