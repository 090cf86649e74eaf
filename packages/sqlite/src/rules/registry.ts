import { NOT_SUPPORTED, type RuleRegistry } from '@yama/schema'
import { column } from './column.ts'
import { constraint } from './constraint.ts'
import { index } from './index.ts'
import { table } from './table.ts'
import { view } from './view.ts'

/** SQLite has one schema, and neither extensions, enumerations nor sequences as objects. */
export const rules: RuleRegistry = {
  schema: NOT_SUPPORTED,
  extension: NOT_SUPPORTED,
  enum: NOT_SUPPORTED,
  sequence: NOT_SUPPORTED,
  table,
  column,
  constraint,
  index,
  view,
}
