import * as z from 'zod'
import { ALL_SQL_MODES } from './sql-modes.ts'
import { doc, name, names, only, options, strict, text } from './strict.ts'

const someNames = z.union([name, names])
const byDatabase = strict({
  default: text.optional(),
  postgres: text.optional(),
  mysql: text.optional(),
  mariadb: text.optional(),
  sqlite: text.optional(),
})
/** A whole statement, the same everywhere or one for each database. */
const statement = z.union([text, byDatabase]).describe('The whole CREATE statement; for several databases a mapping of them.')
const firing = z.enum(['disabled', 'replica', 'always']).describe('When it fires, where that is not as usual.')
const madeUnder = {
  sqlMode: z
    .array(z.enum(ALL_SQL_MODES))
    .optional()
    .describe(
      'MySQL and MariaDB: the sql_mode that it is made under and read with, where it is not that of the session; an empty list for none.',
    ),
  collation: name.optional().describe('MySQL and MariaDB: of the texts in its body, where it is not that of the session.'),
}
const placed = { name: name.optional(), schema: name.optional(), doc: doc.optional(), only: only.optional() }

const policy = strict({
  for: z.enum(['all', 'select', 'insert', 'update', 'delete']).optional(),
  to: someNames.optional().describe('Roles; everybody when absent.'),
  as: z.enum(['permissive', 'restrictive']).optional(),
  using: text.optional().describe('SQL condition for rows that are there.'),
  check: text.optional().describe('SQL condition for rows that are written; `same` repeats `using`.'),
  doc: doc.optional(),
})
export const rls = strict({
  enabled: z.boolean().optional(),
  force: z.boolean().optional().describe('Also for the owner of the table.'),
  policies: z.record(name, policy).optional(),
  only: only.optional(),
})

export const functions = z.record(
  name,
  strict({
    ...placed,
    sql: statement.optional(),
    file: text.optional().describe('File with the statement, by its path from this one.'),
    unchecked: z.literal(true).optional().describe('The server does not look into its body when it is made: it would refuse it.'),
    ...madeUnder,
    timeZone: text.optional().describe('MySQL and MariaDB: of an event, where it is not +00:00.'),
  }),
)
const onTable = {
  ...placed,
  on: name.describe('Entity, view or `foreign table t`.'),
  sql: statement,
  enabled: firing.optional(),
}
export const triggers = z.record(
  name,
  strict({
    ...onTable,
    ...madeUnder,
    partitions: z
      .record(name, z.enum(['enabled', 'disabled', 'replica', 'always']))
      .optional()
      .describe('When it fires on partitions, where that is otherwise; by the qualified name of their table.'),
  }),
)
export const rules = z.record(name, strict(onTable))

const checks = z.record(name, z.union([text, strict({ expression: text, notValid: z.boolean().optional(), doc: doc.optional() })]))
export const domains = z.record(
  name,
  strict({
    ...placed,
    type: text.describe("The server's own type."),
    notNull: z
      .union([z.boolean(), strict({ name: name.optional(), doc: doc.optional() })])
      .optional()
      .describe('From PostgreSQL 17 on with the name that it has as a constraint, where somebody chose it, and its comment.'),
    default: text.optional().describe('SQL expression.'),
    collation: text.optional(),
    checks: checks.optional().describe('SQL conditions over VALUE.'),
  }),
)
const attribute = z.union([text, strict({ type: text, collation: text.optional(), doc: doc.optional() })])
const range = strict({
  subtype: text,
  operatorClass: text.optional(),
  collation: text.optional(),
  canonical: text.optional(),
  difference: text.optional(),
  multirange: text.optional(),
})
export const types = z.record(
  name,
  strict({ ...placed, attributes: z.record(name, attribute).optional().describe('A composite type.'), range: range.optional() }),
)
export const statistics = z.record(name, strict({ ...placed, sql: statement, target: z.number().int().optional() }))
export const eventTriggers = z.record(
  name,
  strict({
    on: text.describe('ddl_command_start, ddl_command_end, sql_drop, table_rewrite.'),
    function: text.describe('Qualified name of the function.'),
    tags: z.array(text).optional(),
    enabled: firing.optional(),
    doc: doc.optional(),
    only: only.optional(),
  }),
)
export const objects = z.record(
  name.describe(
    'What it is, as DROP takes it: `collation x`, `text search configuration x`, `operator class x using btree`, `cast (a AS b)`, `server x`, `foreign table x`, `user mapping for x server y`.',
  ),
  strict({
    name: text.optional().describe('What it is, where the key is something else: two schemas may have objects of one name.'),
    schema: name.optional(),
    sql: statement,
    options: z
      .record(name, text)
      .optional()
      .describe('Of a wrapper, server or user mapping, never secrets; dictionaries of a search configuration by kind of word.'),
    version: text.optional().describe('Of a server.'),
    columns: z.record(name, text).optional().describe('Comments on the columns of a foreign table.'),
    doc: doc.optional(),
    only: only.optional(),
  }),
)
const publishedTable = strict({ table: text, columns: names.optional(), where: text.optional() })
export const publications = z.record(
  name,
  strict({
    allTables: z.boolean().optional(),
    tables: z
      .array(z.union([text, publishedTable]))
      .optional()
      .describe('Qualified names.'),
    schemas: names.optional(),
    options: options.optional(),
    doc: doc.optional(),
    only: only.optional(),
  }),
)
const privileges = z.union([z.array(name), name]).describe('`all`, or privileges as GRANT takes them; none takes away what is normal.')
export const grants = z.array(
  strict({
    to: someNames.describe('Roles; `public` is everybody, `owner` whoever owns the object.'),
    on: someNames.describe(
      'Entity, Entity.field, `view x`, `column c of view x`, `function f(integer)`, `sequence s`, `type t`, `domain d`, `schema s`, `server s`, `foreign data wrapper w`, `language l`.',
    ),
    privileges,
    grantable: z.union([z.boolean(), names]).optional().describe('Whether, or which of them, may be passed on.'),
    by: name.optional().describe('The role that passed them on, where it is not whoever owns the object.'),
    only: only.optional(),
  }),
)
export const owners = z.array(
  strict({
    role: name.describe('The role that owns the objects. Referred to, never made.'),
    on: someNames.describe('Entity, `view x`, `function f(integer)`, `sequence s`, `type t`, `domain d`, `schema s`.'),
    only: only.optional(),
  }),
)
export const defaultPrivileges = z.array(
  strict({
    by: name.describe('The role that makes the objects.'),
    schema: name.optional(),
    on: z.enum(['tables', 'sequences', 'functions', 'types', 'schemas', 'large objects']),
    to: name,
    privileges,
    grantable: z.union([z.boolean(), names]).optional(),
    only: only.optional(),
  }),
)

const values = text.describe(
  "For which rows: `FROM ('2026-01-01') TO ('2027-01-01')`, `IN ('a')`, `WITH (modulus 4, remainder 0)`, or `default`.",
)
export const partition = strict({
  by: z.enum(['range', 'list', 'hash']),
  fields: names.optional().describe('What rows are spread by.'),
  key: text.optional().describe('The same as SQL, where it is more than fields.'),
  interval: text.optional(),
  partitions: z.record(name, values).optional().describe('Partitions that have nothing of their own, by the name of their table.'),
  only: only.optional(),
})
export const partitionOf = strict({
  entity: name,
  values,
  indexes: z.record(name, name).optional().describe('Names of its own for indexes and keys of its parents, by the name there.'),
})
export const inherits = names.describe('Entities whose fields, checks and rows it shares.')
