import { randomBytes } from 'node:crypto'
import type { Connection } from '@yama/core'
import { pglite, postgres } from '@yama/postgres'
import { postgresTargets } from '@yama/testkit'

/** The servers that are there; PGlite has tests of its own. */
export const servers = (await postgresTargets()).filter((target) => target.driver === 'pg')

export async function administer(url: string, ...statements: readonly string[]): Promise<void> {
  await using connection = await postgres({ url }).connect()
  for (const sql of statements) await connection.execute(sql)
}

export function withPath(url: string, database: string, user?: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  if (user !== undefined) changed.username = user
  return changed.href
}

/** A new database of the server, dropped when the work is done. */
export async function inNewDatabase<T>(url: string, work: (url: string, name: string) => Promise<T>): Promise<T> {
  const name = `yama_rt_${randomBytes(4).toString('hex')}`
  await administer(url, `CREATE DATABASE ${name}`)
  try {
    return await work(withPath(url, name), name)
  } finally {
    await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

/** One PGlite for all tests of a file: starting one takes seconds. */
const shared = pglite()

/** Empties the shared PGlite and hands out its dialect. */
export const sharedPglite = {
  open: () => shared,
  close: async () => {
    await using connection: Connection = await shared.connect()
    await shared.extensions.schema?.clear(connection, { schemas: [], include: [], exclude: [] })
    await connection.execute('DROP SCHEMA IF EXISTS yama CASCADE')
  },
}
