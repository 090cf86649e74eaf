import * as z from 'zod'
import { action, deferrable, doc, name, names, only, options, overridesOf, strict, tags, text, was } from './strict.ts'

const numeral = z.union([z.string(), z.number()])
const identity = z.union([
  z.boolean(),
  z.enum(['always', 'default', 'serial']),
  strict({
    mode: z.enum(['always', 'default', 'serial']).optional(),
    start: numeral.optional(),
    increment: numeral.optional(),
    min: numeral.optional(),
    max: numeral.optional(),
    cache: numeral.optional(),
    cycle: z.boolean().optional(),
    sequence: name.optional(),
  }),
])
const sql = strict({ sql: text })
const fieldType = z
  .union([z.string().min(1), sql])
  .describe('Portable type, enum or entity, with `!` or `?`; or `{ sql: "…" }`, or `{ portable: "…" }`.')
  .meta({ examples: ['string(120)!', 'uuid!', 'decimal(10, 2)?', 'User!', 'Tag[]'] })
const fieldDefault = z.union([z.string(), z.number(), z.boolean(), z.null(), sql, strict({ value: z.unknown() }), z.array(z.unknown())])

const shape = {
  type: fieldType.optional(),
  relation: name.optional().describe('The entity this field refers to, with `!` or `?`.'),
  nullable: z.boolean().optional().describe('For raw types, in place of `!` and `?`.'),
  primary: z.boolean().optional(),
  unique: z.boolean().optional(),
  indexed: z.boolean().optional(),
  identity: identity.optional(),
  default: fieldDefault.optional(),
  onUpdate: text.optional().describe('now() for a timestamp; cascade, setNull, … for a relation.'),
  onDelete: action.optional(),
  deferrable: deferrable.optional(),
  match: z.enum(['simple', 'full']).optional(),
  notValid: z.boolean().optional(),
  constraint: name.optional().describe('Name of the foreign key.'),
  references: z.union([name, names]).optional().describe('Fields of the target; its primary key when absent.'),
  through: name.optional(),
  generated: text.optional().describe('SQL expression with column names.'),
  stored: z.boolean().optional(),
  was: was.optional(),
  column: name.optional(),
  columns: names.optional(),
  collation: name.optional(),
  options: options.optional(),
  doc: doc.optional(),
  sensitive: z.boolean().optional(),
  backfill: strict({
    using: text,
    batch: z.number().int().positive().optional(),
    maxLag: text.optional(),
    where: text.optional(),
  }).optional(),
  ...tags,
}

const { type, default: preset, generated, stored, column, collation, options: own, onUpdate, identity: numbers, nullable } = shape
export const fieldObject = strict({
  ...shape,
  overrides: overridesOf({
    type,
    default: preset,
    generated,
    stored,
    column,
    collation,
    options: own,
    onUpdate,
    identity: numbers,
    nullable,
  }).optional(),
  only: only.optional(),
})
const shorthand = z
  .string()
  .min(1)
  .describe('`type!` or `type?`, modifiers, `= default`.')
  .meta({
    examples: [
      'uuid! primary = gen_uuid()',
      'string(120)!',
      'text?',
      'enum(draft, published)! = draft',
      'User! cascade indexed',
      'Tag[] through:post_tags',
    ],
  })
export const field = z.union([shorthand, fieldObject])
