import type { Connection, Dialect } from '@yama/core'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'
import type { Scratch, ScratchOptions } from '@yama/schema'
import { schemaDialect } from '../schema-dialect/schema-dialect.ts'
import { chooseScratch } from '../scratch/choose-scratch.ts'
import { checkAfter } from './check-after.ts'
import { connectPglite } from './connect/connect-pglite.ts'
import { connectPostgres } from './connect/connect-postgres.ts'
import { parsePostgresUrl } from './connect/parse-url.ts'
import { pgliteDirectory } from './connect/parse-pglite-url.ts'
import { pgliteHolder } from './connect/pglite-instance.ts'
import type { PgliteOptions, PostgresOptions, SharedOptions } from './dialect-options.ts'
import { describeFailure } from './failures.ts'
import { createHistory } from './history/create-history.ts'
import { acquireLock } from './lock/acquire-lock.ts'
import { describeStatement } from './statements/describe-statement.ts'

/** What the two drivers differ in. */
interface Driver {
  connect(historySchema: string, signal: AbortSignal | undefined): Promise<Connection>
  /** Lock keys of a session that is shared. */
  readonly taken: Set<string> | undefined
  readonly prefers: 'postgres' | 'pglite'
}

/** Scratch databases are reached with plain dialects: none of the target's options concerns them. */
const scratchFor =
  (prefers: Driver['prefers']) =>
  (options: ScratchOptions): Promise<Scratch> =>
    chooseScratch(options, {
      prefers,
      postgres: (url) => postgres({ url, lockTimeoutMs: 0 }),
      pglite: (url) => pgliteDialect({ url }, true),
    })

function createDialect(driver: Driver, { historySchema = 'yama', onNotice = () => undefined }: SharedOptions): Dialect {
  return Object.freeze<Dialect>({
    kind: 'postgres',
    capabilities: { transactionalDdl: true, lockScope: 'session', concurrentIndex: true, batch: true },
    extensions: { schema: schemaDialect(scratchFor(driver.prefers)) },
    connect: async (signal) => {
      signal?.throwIfAborted()
      return await driver.connect(historySchema, signal)
    },
    createHistory: (connection, { project }) => createHistory(connection, project, historySchema, onNotice),
    acquireLock: (connection, key, options) => acquireLock(connection, key, options, historySchema, driver.taken),
    splitStatements: (sql) => splitStatements(sql, lexerRules.postgres),
    semanticTokens: (sql) => semanticTokens(sql, lexerRules.postgres),
    describeStatement,
    describeFailure,
    checkAfter,
  })
}

/**
 * The dialect for PostgreSQL servers over the driver `pg`, which is loaded when it connects. Throws
 * YAMA_CONNECT_POSTGRES_URL for a URL that cannot be read; connecting rejects with YAMA_CONNECT_… codes.
 *
 * @example
 * const yama = createYama({ dialect: postgres({ url: 'postgres://app@localhost/app' }), sources: [migrationFiles({ … })] })
 */
export function postgres(options: PostgresOptions): Dialect {
  const target = parsePostgresUrl(options.url)
  return createDialect(
    { taken: undefined, prefers: 'postgres', connect: (historySchema, signal) => connectPostgres(target, options, historySchema, signal) },
    options,
  )
}

/**
 * The dialect for the embedded PostgreSQL of `@electric-sql/pglite`, which is loaded when it connects. In memory a database
 * lives as long as the dialect; a directory is refused with YAMA_CONNECT_DIRECTORY_IN_USE while another process has it open.
 * All connections of one dialect share its one session.
 *
 * @example
 * const dialect = pglite({ dataDir: './data' })
 */
export function pglite(options: PgliteOptions = {}): Dialect {
  return pgliteDialect(options, false)
}

function pgliteDialect(options: PgliteOptions, once: boolean): Dialect {
  const holder = pgliteHolder(pgliteDirectory(options), once)
  const taken = new Set<string>()
  return createDialect(
    { taken, prefers: 'pglite', connect: (historySchema) => connectPglite(holder, historySchema, options.onNotice) },
    options,
  )
}
