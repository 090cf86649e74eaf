import type { DatabaseKind } from '@yama/core'
import * as z from 'zod'

export const databases = ['postgres', 'mysql', 'mariadb', 'sqlite'] as const satisfies readonly DatabaseKind[]

/** An object without other keys. The message of the refusal carries the keys that are known, for did-you-mean. */
export function strict<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined) })
}

export const text = z.string()
export const name = z.string().min(1)
export const names = z.array(name).min(1)
export const only = z.array(z.enum(databases)).min(1).describe('Only in these databases.')
export const was = z.union([name, names]).describe('Earlier name or names. A rename instead of drop and add; may stay for ever.')
export const doc = z.string().describe('Comment in the database where it has comments.')
export const options = z
  .record(name, z.union([z.string(), z.boolean(), z.number()]))
  .describe('What only one database knows, as its server prints it.')
export const meta = z.record(z.string(), z.unknown()).describe('Anything of your own; Yama keeps it and does not read it.')
export const deferrable = z.union([z.boolean(), z.enum(['immediate', 'deferred', 'initiallyImmediate', 'initiallyDeferred'])])
export const action = z.enum(['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'])

/** `overrides.<database>`: the given keys, and `skip` with its reason. */
export function overridesOf<T extends z.core.$ZodLooseShape>(shape: T) {
  const one = strict({ ...shape, skip: z.boolean().optional(), reason: text.optional() }).optional()
  return strict({ postgres: one, mysql: one, mariadb: one, sqlite: one }).describe('Other values in one database.')
}

/** Keys for people and tools; none changes the database. */
export const tags = {
  owner: text.optional().describe('Team or person responsible.'),
  ticket: text.optional().describe('Where it was decided.'),
  classification: text.optional().describe('For example pii, secret, public.'),
  deprecated: z
    .union([z.boolean(), strict({ since: text.optional(), dropAfter: text.optional(), reason: text.optional() })])
    .optional()
    .describe('Announces the removal.'),
  meta: meta.optional(),
}
