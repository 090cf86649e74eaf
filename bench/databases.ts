import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { serverUrl } from './postgres-server.ts'

export type ServerKind = 'postgres' | 'mariadb' | 'mysql'

const openers: Readonly<Record<ServerKind, (options: { readonly url: string }) => Dialect>> = { postgres, mariadb, mysql }
export const products: Readonly<Record<ServerKind, string>> = { postgres: 'PostgreSQL', mariadb: 'MariaDB', mysql: 'MySQL' }
export const dialectOf = (kind: ServerKind, url: string): Dialect => openers[kind]({ url })

/** The servers that are named; one that is not is left out, and said so. */
export function namedServers(): readonly { readonly kind: ServerKind; readonly url: string }[] {
  const named = (['mariadb', 'mysql'] as const).flatMap((kind) => {
    const url = process.env[`YAMA_BENCH_${kind.toUpperCase()}_URL`] ?? process.env[`YAMA_TEST_${kind.toUpperCase()}_URL`]
    if (url !== undefined) return [{ kind, url }]
    console.warn(`${products[kind]} is left out: YAMA_BENCH_${kind.toUpperCase()}_URL names no server`)
    return []
  })
  return [{ kind: 'postgres' as const, url: serverUrl }, ...named]
}

/** An empty database of that name on the server; gives its URL. */
export async function emptyDatabase(kind: ServerKind, server: string, name: string): Promise<string> {
  await using connection = await dialectOf(kind, server).connect()
  await connection.execute(`DROP DATABASE IF EXISTS ${name}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`)
  await connection.execute(`CREATE DATABASE ${name}`)
  if (kind === 'postgres') await connection.execute('CHECKPOINT')
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

export async function dropDatabase(kind: ServerKind, server: string, name: string): Promise<void> {
  await using connection = await dialectOf(kind, server).connect()
  await connection.execute(`DROP DATABASE IF EXISTS ${name}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`)
}
