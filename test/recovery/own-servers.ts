import { startPostgres, stopPostgres } from '../../scripts/servers/embedded-postgres.mjs'
import { startMysql, stopMysql } from '../../scripts/servers/mysql-servers.mjs'
import { serverArena, type Arena } from './arena.ts'

/** An arena on a server of its own, which may be killed. */
export interface OwnArena extends Arena {
  readonly stop: () => Promise<void>
}

interface Started {
  readonly url: string
  readonly directory: string
  readonly restart: () => Promise<void>
  readonly pid: () => number | undefined
}

/** What is committed must survive the death of the server's processes, as it does on every server that means it. */
const starts: Readonly<Record<string, { readonly start: () => Promise<Started>; readonly stop: (directory: string) => Promise<void> }>> = {
  PostgreSQL: { start: () => startPostgres('15', { settings: { synchronous_commit: 'on' } }), stop: stopPostgres },
  MariaDB: { start: () => startMysql('mariadb', { settings: ['--innodb-flush-log-at-trx-commit=2'] }), stop: stopMysql },
  MySQL: { start: () => startMysql('mysql', { settings: ['--innodb-flush-log-at-trx-commit=2'] }), stop: stopMysql },
}
export const ownServers: readonly string[] = Object.keys(starts)

/** Starts the server; undefined, with the reason told, where this machine cannot. */
export async function startOwn(name: string): Promise<OwnArena | undefined> {
  const { start, stop } = starts[name]!
  try {
    const { url, directory, restart, pid } = await start()
    const server = { url, restart, pid: () => pid() ?? 0 }
    return { ...(await serverArena(name, url, 'yama_recovery', server)), stop: () => stop(directory) }
  } catch (error) {
    console.warn(`${name}: no server to kill, so those tests are skipped: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}
