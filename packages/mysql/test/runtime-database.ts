import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { mariadb, mysql, type MysqlOptions } from '@yama/mysql'
import { mysqlTargets } from '@yama/testkit'

/** The servers that are there. */
export const servers = await mysqlTargets()

/** The dialect that the scheme of the URL names. */
export function dialectOf(url: string, options: Partial<MysqlOptions> = {}): Dialect {
  return (url.startsWith('mariadb:') ? mariadb : mysql)({ url, ...options })
}

export async function administer(url: string, ...statements: readonly string[]): Promise<void> {
  await using connection = await dialectOf(url).connect()
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
    await administer(url, `DROP DATABASE IF EXISTS ${name}`)
  }
}
