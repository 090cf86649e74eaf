import { YamaError, type Connection, type Dialect } from '@yama/core'
import type { Scratch, ScratchOptions } from '@yama/schema'
import { redactUrl } from '../dialect/connect/redact.ts'
import { mysqlErrors } from '../errors/errors.ts'
import { findBinaries } from './find-binaries.ts'
import { throwAwayDatabase } from './throw-away-databases.ts'
import { warmServer } from './warm-servers.ts'

/** The dialect that scratch databases are reached with; given, because it in turn offers scratch databases. */
export interface ScratchDrivers {
  readonly connect: (url: string) => Dialect
  /** What the target is: binaries of the other one understand another SQL. */
  readonly prefers: 'mysql' | 'mariadb'
  /** The database that migrations are for; empty where none is known. */
  readonly target: string
}

interface Choice {
  readonly name: string
  readonly open: () => Promise<Scratch>
}

/**
 * A throw-away database on the server of devUrl, else on one that allows it, else on a throw-away server from local binaries. Rejects with
 * YAMA_MYSQL_SCRATCH_NONE and what was tried; a devUrl that is given and does not work is never passed over.
 */
export async function chooseScratch(options: ScratchOptions, drivers: ScratchDrivers): Promise<Scratch> {
  const { devUrl, allowUrl, signal } = options
  signal?.throwIfAborted()
  if (devUrl !== undefined) return await onServer(devUrl, 'devUrl', options, drivers)
  const choices: readonly Choice[] = [
    ...(allowUrl === undefined
      ? []
      : [{ name: `a database on ${redactUrl(allowUrl)}`, open: () => onServer(allowUrl, 'a server that allows it', options, drivers) }]),
    ...findBinaries(drivers.prefers).map((binaries) => ({
      name: `a server of ${binaries.server}`,
      open: () => onLocalServer(binaries, options, drivers),
    })),
  ]
  const tried: string[] = []
  if (choices.length === 0)
    tried.push(`No server is given for it, and there is no ${drivers.prefers === 'mariadb' ? 'mariadbd' : 'mysqld'} on this machine.`)
  for (const { name, open } of choices) {
    signal?.throwIfAborted()
    try {
      return await open()
    } catch (error) {
      if (YamaError.is(error) && error.code === 'YAMA_MYSQL_SCRATCH_SETUP') throw error
      tried.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw mysqlErrors.YAMA_MYSQL_SCRATCH_NONE({ tried: tried.join(' · ') })
}

async function onServer(
  url: string,
  what: string,
  { setup, major, outside }: ScratchOptions,
  { connect, target }: ScratchDrivers,
): Promise<Scratch> {
  return await throwAwayDatabase(
    {
      target,
      reach: outside === true ? 'anything' : 'database',
      connect: (database) => connect(database === undefined ? url : withDatabase(url, database)).connect(),
      describe: (connection) => ({
        description: `${connection.server.product}, throw-away database ${connection.server.database} on ${what} ${redactUrl(url)}${versionNote(connection, major)}`,
        advisory: differs(connection, major),
      }),
      release: () => Promise.resolve(),
    },
    setup,
  )
}

async function onLocalServer(
  binaries: Parameters<typeof warmServer>[0],
  { setup, major, outside }: ScratchOptions,
  { connect, target }: ScratchDrivers,
): Promise<Scratch> {
  const url = (socket: string, database: string): string => `mysql://root@localhost/${database}?socket=${encodeURIComponent(socket)}`
  const { server, release } = await warmServer(binaries, (socket) => connect(url(socket, '')).connect())
  return await throwAwayDatabase(
    {
      target,
      reach: outside === true ? 'anything' : 'server',
      connect: (database = '') => connect(url(server.socket, database)).connect(),
      describe: (connection) => ({
        description: `${connection.server.product}, throw-away server from local binaries${versionNote(connection, major)}`,
        advisory: differs(connection, major),
      }),
      release,
    },
    setup,
  )
}

const differs = ({ server }: Connection, major: number | undefined): boolean => major !== undefined && server.major !== major

const versionNote = (connection: Connection, major: number | undefined): string =>
  differs(connection, major) ? ` (the target is version ${String(major)}: what it prints may differ)` : ''

function withDatabase(url: string, database: string): string {
  const [, before = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)(?:\/[^?#]*)?(.*)$/is.exec(url) ?? []
  return `${before}/${encodeURIComponent(database)}${query}`
}
