import * as z from 'zod'
import { name, names, only, strict, text } from './strict.ts'

// Known and checked, carried by later versions. What would change the database says so when it is loaded.

const policy = strict({
  for: z.enum(['all', 'select', 'insert', 'update', 'delete']).optional(),
  to: z.union([name, names]).optional(),
  as: z.enum(['permissive', 'restrictive']).optional(),
  using: text.optional(),
  check: text.optional(),
  doc: text.optional(),
})
export const rls = strict({
  enabled: z.boolean().optional(),
  force: z.boolean().optional(),
  policies: z.record(name, policy).optional(),
  only: only.optional(),
})
export const partition = strict({
  by: z.enum(['range', 'list', 'hash']),
  fields: names,
  interval: text.optional(),
  partitions: z.unknown().optional(),
  only: only.optional(),
})
export const functions = z.record(
  name,
  strict({
    only: only.optional(),
    file: text.optional(),
    sql: text.optional(),
    doc: text.optional(),
    was: z.union([name, names]).optional(),
  }),
)
export const grants = z.array(strict({ to: z.union([name, names]), on: names, privileges: names, only: only.optional() }))
export const seeds = z.record(name, strict({ key: names, rows: z.array(z.record(name, z.unknown())), only: only.optional() }))
export const tests = z.array(
  strict({ name: text, setup: text.optional(), exec: text.optional(), query: text.optional(), expect: z.unknown(), only: only.optional() }),
)
