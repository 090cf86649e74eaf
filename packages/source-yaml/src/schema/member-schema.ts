import * as z from 'zod'
import { action, deferrable, doc, name, names, only, options, overridesOf, strict, text, was } from './strict.ts'

const common = { was: was.optional(), doc: doc.optional(), options: options.optional(), only: only.optional() }

const indexKey = strict({
  field: name.optional(),
  expression: text.optional(),
  order: z.enum(['asc', 'desc']).optional(),
  nulls: z.enum(['first', 'last']).optional(),
  collation: name.optional(),
  operatorClass: name.optional(),
  prefix: z.number().int().positive().optional(),
})
const indexShape = {
  name: name.optional(),
  fields: z
    .array(z.union([name, indexKey]))
    .min(1)
    .optional()
    .describe('Field names with `desc`, `nulls last`; or objects.'),
  expression: text.optional().describe('SQL expression with column names.'),
  unique: z.boolean().optional(),
  where: text.optional().describe('SQL condition: a partial index.'),
  using: name.optional().describe('Access method: btree, gin, gist, brin, hash.'),
  include: names.optional(),
  nullsDistinct: z.boolean().optional(),
  options: options.optional(),
}
export const index = strict({ ...common, ...indexShape, overrides: overridesOf(indexShape).optional() })

const keyShape = {
  name: name.optional(),
  fields: names,
  nullsDistinct: z.boolean().optional(),
  include: names.optional(),
  deferrable: deferrable.optional(),
}
export const primary = z.union([names, strict({ ...common, ...keyShape })])
const uniqueOverrides = overridesOf({ ...keyShape, fields: names.optional() })
export const unique = z.union([names, strict({ ...common, ...keyShape, overrides: uniqueOverrides.optional() })])

const checkShape = { expression: text, notValid: z.boolean().optional(), noInherit: z.boolean().optional() }
const checkOverrides = overridesOf({ expression: text.optional() })
const checkObject = strict({ ...common, ...checkShape, overrides: checkOverrides.optional() })
const checkItem = strict({ name: name.optional(), ...common, ...checkShape, overrides: checkOverrides.optional() })
export const checks = z.union([z.record(name, z.union([text, checkObject])), z.array(z.union([text, checkItem]))])

export const foreignKey = strict({
  ...common,
  name: name.optional(),
  fields: names,
  references: z.union([
    strict({ entity: name, fields: names.optional() }),
    strict({ table: name, schema: text.optional(), columns: z.array(name) }),
  ]),
  onDelete: action.optional(),
  onDeleteFields: names.optional(),
  onUpdate: action.optional(),
  match: z.enum(['simple', 'full']).optional(),
  deferrable: deferrable.optional(),
  notValid: z.boolean().optional(),
  overrides: overridesOf({ onDelete: action.optional(), onUpdate: action.optional() }).optional(),
})

export const constraint = strict({
  ...common,
  sql: text.describe('EXCLUDE USING …'),
  fields: names.optional(),
  deferrable: deferrable.optional(),
  overrides: overridesOf({ sql: text.optional() }).optional(),
})
