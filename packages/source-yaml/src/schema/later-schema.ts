import * as z from 'zod'
import { name, names, only, strict, text } from './strict.ts'

// Known and checked, carried by later versions. What would change the database says so when it is loaded.

export const seeds = z.record(name, strict({ key: names, rows: z.array(z.record(name, z.unknown())), only: only.optional() }))
export const tests = z.array(
  strict({ name: text, setup: text.optional(), exec: text.optional(), query: text.optional(), expect: z.unknown(), only: only.optional() }),
)
