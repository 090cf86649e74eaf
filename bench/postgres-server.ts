import { postgres } from '@yama/postgres'
import { postgresServer } from './servers.ts'

export const serverUrl = postgresServer.url

export function databaseUrl(name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function administer(...statements: readonly string[]): Promise<void> {
  await using connection = await postgres({ url: serverUrl }).connect()
  for (const sql of statements) await connection.execute(sql)
}

/** An empty database; the write-ahead log of the run before is behind it. */
export async function freshDatabase(name: string, template?: string): Promise<string> {
  const from = template === undefined ? '' : ` TEMPLATE ${template}`
  await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name}${from}`, 'CHECKPOINT')
  return databaseUrl(name)
}

export const dropDatabase = (name: string): Promise<void> => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)

export async function serverVersion(): Promise<string> {
  await using connection = await postgres({ url: serverUrl }).connect()
  return connection.server.product
}
