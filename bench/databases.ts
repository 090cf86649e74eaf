import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { serverUrl } from './postgres-server.ts'
import { servers } from './servers.ts'

export type ServerKind = 'postgres' | 'mariadb' | 'mysql'

const openers: Readonly<Record<ServerKind, (options: { readonly url: string }) => Dialect>> = { postgres, mariadb, mysql }
export const products: Readonly<Record<ServerKind, string>> = { postgres: 'PostgreSQL', mariadb: 'MariaDB', mysql: 'MySQL' }
export const dialectOf = (kind: ServerKind, url: string): Dialect => openers[kind]({ url })

/** The servers that are there; one that could not be started was told of then. */
export function benchServers(): readonly { readonly kind: ServerKind; readonly url: string }[] {
  const named = (['mariadb', 'mysql'] as const).flatMap((kind) => {
    const server = servers[kind]
    return server === undefined ? [] : [{ kind, url: server.url }]
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
