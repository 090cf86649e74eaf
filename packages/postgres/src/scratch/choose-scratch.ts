import { YamaError, type Dialect } from '@yama/core'
import { withinScratch, type Scratch, type ScratchOptions } from '@yama/schema'
import { postgresErrors } from '../errors/errors.ts'
import { redactUrl } from '../dialect/connect/redact.ts'
import { devDatabase } from './dev-database.ts'
import { findBinaries, type ServerBinaries } from './find-binaries.ts'
import { differs, versionNote } from './wanted-version.ts'
import { runSetup } from './run-setup.ts'
import { throwAwayDatabase } from './throw-away-databases.ts'
import { warmCluster } from './warm-clusters.ts'
import { withinDatabase } from './within-database.ts'

/** The dialects that scratch databases are reached with; given, because they in turn offer scratch databases. */
export interface ScratchDrivers {
  readonly postgres: (url: string) => Dialect
  readonly pglite: (url: string) => Dialect
  /** Which one the target uses: an embedded database is best rehearsed in its like. */
  readonly prefers: 'postgres' | 'pglite'
  /** The database that migrations are for; undefined where none is known. */
  readonly target: string | undefined
}

interface Choice {
  readonly name: string
  readonly open: () => Promise<Scratch | undefined>
}

/**
 * The first way that works: devUrl, a throw-away database on a server that allows it, a throw-away cluster from local
 * binaries of the wanted major version, PGlite of that version, then either of another version. Rejects with
 * YAMA_SCRATCH_NONE and what was tried; a devUrl that is given and does not work is never passed over.
 */
export async function chooseScratch(options: ScratchOptions, drivers: ScratchDrivers): Promise<Scratch> {
  const { devUrl, allowUrl, major, setup, signal } = options
  signal?.throwIfAborted()
  if (devUrl !== undefined) {
    const { devUrl: _, ...rest } = options
    const another = (): Promise<Scratch> => chooseScratch(devUrl.startsWith('pglite:') ? rest : { ...rest, allowUrl: devUrl }, drivers)
    return await devDatabase(
      devUrl.startsWith('pglite:') ? drivers.pglite(devUrl) : drivers.postgres(devUrl),
      devUrl,
      { setup, major, target: drivers.target, reach: options.outside === true ? 'anything' : 'database' },
      another,
    )
  }
  const allowed: readonly Choice[] =
    allowUrl === undefined || allowUrl.startsWith('pglite:')
      ? []
      : [{ name: `a database on ${redactUrl(allowUrl)}`, open: () => onServer(allowUrl, options, drivers) }]
  const tried: string[] = []
  for (const { name, open } of [...allowed, ...(await localChoices(options, drivers))]) {
    signal?.throwIfAborted()
    try {
      const scratch = await open()
      if (scratch !== undefined) return scratch
    } catch (error) {
      if (YamaError.is(error) && error.code === 'YAMA_SCRATCH_SETUP') throw error
      tried.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw postgresErrors.YAMA_SCRATCH_NONE({ tried: tried.join(' · ') })
}

function localChoices(options: ScratchOptions, drivers: ScratchDrivers): readonly Choice[] {
  const { major } = options
  const clusters = drivers.prefers === 'pglite' || process.platform === 'win32' ? [] : findBinaries(major)
  const cluster = (binaries: ServerBinaries): Choice => ({
    name: `a cluster of ${binaries.directory}`,
    open: () => onCluster(binaries, options, drivers),
  })
  const embedded = (only: boolean): Choice => ({ name: 'PGlite', open: () => inPglite(options, drivers, only) })
  const exact = clusters.filter((binaries) => major === undefined || binaries.major === major)
  const others = clusters.filter((binaries) => !exact.includes(binaries))
  return [...exact.map(cluster), ...(others.length > 0 ? [embedded(true)] : []), ...others.map(cluster), embedded(false)]
}

async function onServer(url: string, { major, setup, outside }: ScratchOptions, drivers: ScratchDrivers): Promise<Scratch> {
  return await throwAwayDatabase(
    {
      target: drivers.target,
      reach: outside === true ? 'anything' : 'database',
      connect: (database) => drivers.postgres(database === undefined ? url : withDatabase(url, database)).connect(),
      describe: (connection) => ({
        description: `${connection.server.product}, throw-away database ${connection.server.database} on ${connection.server.host}${versionNote(connection, major)}`,
        advisory: differs(connection, major),
      }),
      release: () => Promise.resolve(),
    },
    setup,
  )
}

async function onCluster(binaries: ServerBinaries, { major, setup, outside }: ScratchOptions, drivers: ScratchDrivers): Promise<Scratch> {
  const url = (socket: string, database: string): string =>
    `postgres://postgres@/${database}?host=${encodeURIComponent(socket)}&port=5432&sslmode=disable`
  const { cluster, unused, release } = await warmCluster(binaries, (socket) => drivers.postgres(url(socket, 'postgres')).connect())
  return await throwAwayDatabase(
    {
      target: drivers.target,
      reach: outside === true ? 'anything' : 'server',
      connect: (database = 'postgres') => drivers.postgres(url(cluster.socket, database)).connect(),
      describe: (connection) => ({
        description: `${connection.server.product}, throw-away cluster from local binaries${versionNote(connection, major)}`,
        advisory: differs(connection, major),
      }),
      release,
      unused,
    },
    setup,
  )
}

/** `only` of the wanted version; undefined where it has another one. */
async function inPglite(options: ScratchOptions, drivers: ScratchDrivers, only: boolean): Promise<Scratch | undefined> {
  const { major, setup, outside } = options
  const own = await drivers.pglite('pglite:memory').connect()
  if (only && own.server.major !== major) {
    await own[Symbol.asyncDispose]()
    return undefined
  }
  const another = async (): Promise<Scratch> => {
    const next = await inPglite(options, drivers, false)
    return next ?? Promise.reject(postgresErrors.YAMA_SCRATCH_NONE({ tried: 'PGlite' }))
  }
  const hidden = await runSetup(own, setup)
  const connection = withinScratch(own, (sql) =>
    withinDatabase(sql, { database: own.server.database, target: drivers.target, reach: outside === true ? 'anything' : 'server' }),
  )
  const same = drivers.prefers === 'pglite'
  return {
    connection,
    hidden,
    another,
    description: `${connection.server.product} in memory${same ? '' : '; it has other extensions than a server'}${versionNote(connection, major)}`,
    advisory: !same || differs(connection, major),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  }
}

/** No URL standard has several hosts, or a user without one. */
function withDatabase(url: string, database: string): string {
  const [, before = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)(?:\/[^?#]*)?(.*)$/is.exec(url) ?? []
  return `${before}/${encodeURIComponent(database)}${query}`
}
