import { hostname } from 'node:os'
import type { Probe } from '@yama/core'
import { describeStatement } from './describe-statement.ts'

/** What runs outside a transaction here: it changes no object, and may run twice. Everything else is in one with its record. */
const HARMLESS = new Set(['VACUUM', 'ANALYZE', 'REINDEX', 'PRAGMA', 'ATTACH', 'DETACH'])

/** A statement of SQLite runs in the process that sent it: it is gone with it. */
export const probe: Probe = {
  backend: async () => ({ pid: process.pid, host: hostname() }),
  running: async () => undefined,
  expect: async (_, statement) => (HARMLESS.has(describeStatement(statement).verb) ? { before: {}, after: {} } : undefined),
}
