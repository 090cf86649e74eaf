import { NOT_SUPPORTED, type RuleRegistry } from '@yama/schema'
import { columnRule } from './column.ts'
import { constraintRule } from './constraint.ts'
import { enumRule } from './enum.ts'
import { extensionRule } from './extension.ts'
import { indexRule } from './index.ts'
import { schemaRule } from './schema.ts'
import { sequenceRule } from './sequence.ts'
import { tableRule } from './table.ts'
import { viewRule } from './view.ts'

/** What PostgreSQL says to a change, per kind. */
export const rules: RuleRegistry = {
  schema: schemaRule,
  extension: extensionRule,
  enum: enumRule,
  domain: NOT_SUPPORTED,
  compositeType: NOT_SUPPORTED,
  rangeType: NOT_SUPPORTED,
  sequence: sequenceRule,
  table: tableRule,
  column: columnRule,
  constraint: constraintRule,
  index: indexRule,
  function: NOT_SUPPORTED,
  view: viewRule,
  trigger: NOT_SUPPORTED,
  rule: NOT_SUPPORTED,
  policy: NOT_SUPPORTED,
  statistics: NOT_SUPPORTED,
  publication: NOT_SUPPORTED,
  eventTrigger: NOT_SUPPORTED,
  grant: NOT_SUPPORTED,
  defaultPrivilege: NOT_SUPPORTED,
}
