import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { postgresTargets } from '@yama/testkit'

// The driver is the command's dependency, not the repository's.
const require = createRequire(join(resolve(import.meta.dirname, '..', '..'), 'packages', 'postgres', 'package.json'))
interface Client {
  connect(): Promise<void>
  query(sql: string): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
  end(): Promise<void>
}
const { Client } = require('pg') as { readonly Client: new (options: { readonly connectionString: string }) => Client }

/** A database of its own on a PostgreSQL server; disposing drops it. */
export interface ServerDatabase extends AsyncDisposable {
  readonly url: string
  query(sql: string): Promise<readonly Record<string, unknown>[]>
}

/** The first real server there is; undefined with a warning where there is none. */
export async function serverUrl(): Promise<string | undefined> {
  const target = (await postgresTargets()).find(({ driver }) => driver === 'pg')
  if (target === undefined) console.warn('no PostgreSQL server: tests on one are skipped (YAMA_TEST_POSTGRES_URLS names servers)')
  return target?.url
}

export async function serverDatabase(server: string): Promise<ServerDatabase> {
  const name = `e2e_${randomBytes(6).toString('hex')}`
  await query(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    query: (sql) => query(url.href, sql),
    [Symbol.asyncDispose]: async () => {
      await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

export async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
