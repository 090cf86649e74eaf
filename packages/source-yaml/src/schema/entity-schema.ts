import * as z from 'zod'
import { field } from './field-schema.ts'
import { checks, constraint, foreignKey, index, primary, unique } from './member-schema.ts'
import { inherits, partition, partitionOf, rls } from './object-schema.ts'
import { doc, name, only, options, overridesOf, strict, tags, text, was } from './strict.ts'

const { meta, owner, ticket, classification, deprecated } = tags

/** One table: the value below `entities.<Name>`. */
export const entity = strict({
  table: name.optional().describe('Name of the table; by the naming policy when absent.'),
  schema: name.optional().describe('Namespace; the default schema when absent.'),
  was: was.optional(),
  doc: doc.optional(),
  owner,
  ticket,
  tenancy: z.enum(['shared', 'tenant', 'both']).optional(),
  classification,
  deprecated,
  meta,
  fields: z.record(name, field).describe('Columns and relations, in order.'),
  primary: primary.optional(),
  unique: z.array(unique).optional(),
  indexes: z.array(index).optional(),
  checks: checks.optional(),
  foreignKeys: z.array(foreignKey).optional(),
  constraints: z.record(name, constraint).optional().describe('Raw constraints, e.g. EXCLUDE.'),
  options: options.optional(),
  rls: rls.optional(),
  partition: partition.optional(),
  partitionOf: partitionOf.optional().describe('A partition with indexes, keys or checks of its own.'),
  inherits: inherits.optional(),
  only: only.optional(),
  overrides: overridesOf({ table: name.optional(), schema: text.optional(), options: options.optional() }).optional(),
})

// An empty one is a value of a database too.
const value = z.string()
const enumObject = strict({
  values: z.array(value),
  name: name.optional().describe('Name of the type; by the naming policy when absent.'),
  schema: name.optional(),
  strategy: z.enum(['native', 'check', 'lookup']).optional(),
  renamed: z.record(value, value).optional().describe('old: new'),
  was: was.optional(),
  doc: doc.optional(),
  only: only.optional(),
  owner,
  ticket,
  deprecated,
  meta,
})
export const enumeration = z.union([z.array(value), enumObject])

const query = z.union([
  text,
  strict({
    default: text.optional(),
    postgres: text.optional(),
    mysql: text.optional(),
    mariadb: text.optional(),
    sqlite: text.optional(),
  }),
])
export const view = strict({
  name: name.optional(),
  schema: name.optional(),
  was: was.optional(),
  query,
  materialized: z
    .union([
      z.boolean(),
      strict({
        only: only.optional(),
        refresh: z.enum(['concurrently', 'plain', 'manual']).optional(),
        filled: z.boolean().optional().describe('`false`: made WITH NO DATA.'),
      }),
    ])
    .optional(),
  dependsOn: z.array(name).optional().describe('Entities or views it reads.'),
  indexes: z.array(index).optional().describe('Of a materialized view; fields are its columns.'),
  columns: z
    .record(name, z.union([text, strict({ doc: doc.optional(), default: text.optional(), options: options.optional() })]))
    .optional()
    .describe(
      'Comments of its columns; in the long form also `default`, what an INSERT takes, as SQL, and `options` of a materialized view.',
    ),
  doc: doc.optional(),
  options: options.optional(),
  only: only.optional(),
  owner,
  ticket,
  deprecated,
  meta,
})

const numeral = z.union([z.string(), z.number()])
export const sequence = strict({
  name: name.optional(),
  schema: name.optional(),
  was: was.optional(),
  type: z.enum(['smallint', 'integer', 'bigint']).optional(),
  start: numeral.optional(),
  increment: numeral.optional(),
  min: numeral.optional(),
  max: numeral.optional(),
  cache: numeral.optional(),
  cycle: z.boolean().optional(),
  engine: name.optional().describe('MariaDB: where it is not InnoDB.'),
  unlogged: z.boolean().optional().describe('PostgreSQL: its numbers start anew after a crash.'),
  ownedBy: name.optional().describe('Entity.field whose column takes the sequence along when it is dropped.'),
  doc: doc.optional(),
  only: only.optional(),
})
const nothing = z.null()
export const extensions = z.union([
  z.array(name),
  z.record(
    name,
    z.union([
      nothing,
      strict({
        schema: name.optional(),
        version: text.optional().describe('Compared and updated only where it is stated.'),
        only: only.optional(),
      }),
    ]),
  ),
])
export const namespaces = z.union([z.array(name), z.record(name, z.union([nothing, strict({ doc: doc.optional(), was: was.optional() })]))])
