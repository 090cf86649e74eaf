import type { Operation } from '../contract/operation.ts'
import { readInput } from './read-input.ts'

/** Under `sql:` in a YAML migration: the statement, or both directions. */
export type SqlInput = string | { readonly up: string; readonly down?: string }

/** Runs as written; Yama does not look inside, so operations after it must not rely on what it changes. */
export const sql: Operation = {
  name: 'sql',
  description: 'One SQL statement as written, with an optional `down`.',
  keys: ['up', 'down'],
  apply({ step }) {
    if (typeof step.input === 'string') return { up: [step.input] }
    const input = readInput(step, sql.keys)
    const down = input.optionalText('down')
    return { up: [input.text('up')], ...(down === undefined ? {} : { down: [down] }) }
  },
}
