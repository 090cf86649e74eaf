import type { RuleRegistry } from '@yama/schema'
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
  sequence: sequenceRule,
  table: tableRule,
  column: columnRule,
  constraint: constraintRule,
  index: indexRule,
  view: viewRule,
}
