import { NOT_SUPPORTED, type RuleRegistry } from '@yama/schema'
import { column } from './column.ts'
import { constraint } from './constraint.ts'
import { index } from './index.ts'
import { rows } from './rows.ts'
import { table } from './table.ts'
import { trigger } from './trigger.ts'
import { view } from './view.ts'

/** SQLite has one schema, and neither extensions, enumerations nor sequences as objects. */
export const rules: RuleRegistry = {
  schema: NOT_SUPPORTED,
  extension: NOT_SUPPORTED,
  enum: NOT_SUPPORTED,
  domain: NOT_SUPPORTED,
  compositeType: NOT_SUPPORTED,
  rangeType: NOT_SUPPORTED,
  sequence: NOT_SUPPORTED,
  table,
  column,
  constraint,
  index,
  rows,
  function: NOT_SUPPORTED,
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
}
