import type { Dialect } from '@yama/core'
import type { Scratch, ScratchOptions } from '@yama/schema'
import { schemaDialect } from '../schema-dialect/schema-dialect.ts'
import { chooseScratch } from '../scratch/choose-scratch.ts'
import { connectPglite } from './connect/connect-pglite.ts'
import { pgliteDirectory } from './connect/parse-pglite-url.ts'
import { parsePostgresUrl } from './connect/parse-url.ts'
import { pgliteHolder } from './connect/pglite-instance.ts'
import { createRuntime, serverDriver, type Driver } from './create-runtime.ts'
import type { PgliteOptions, PostgresOptions, SharedOptions } from './dialect-options.ts'

/** Scratch databases are reached with plain dialects: none of the target's options concerns them. */
const scratchFor =
  (prefers: 'postgres' | 'pglite', target: () => string | undefined) =>
  (options: ScratchOptions): Promise<Scratch> =>
    chooseScratch(options, {
      prefers,
      target: target(),
      postgres: (url) => postgres({ url, lockTimeoutMs: 0 }),
      pglite: (url) => pgliteDialect({ url }, true),
    })

function createDialect(driver: Driver, options: SharedOptions, scratch: (options: ScratchOptions) => Promise<Scratch>): Dialect {
  return Object.freeze<Dialect>({ ...createRuntime(driver, options), extensions: { schema: schemaDialect(scratch) } })
}

/**
 * The dialect for PostgreSQL servers over the driver `pg`, which is loaded when it connects. Throws
 * YAMA_CONNECT_POSTGRES_URL for a URL that cannot be read; connecting rejects with YAMA_CONNECT_… codes.
 *
 * @example
 * const yama = createYama({ dialect: postgres({ url: 'postgres://app@localhost/app' }), sources: [migrationFiles({ … })] })
 */
export function postgres(options: PostgresOptions): Dialect {
  const scratch = scratchFor('postgres', () => parsePostgresUrl(options.url).database)
  return createDialect(serverDriver(options), options, scratch)
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
  const scratch = scratchFor('pglite', () => undefined)
  return createDialect({ taken, connect: (historySchema) => connectPglite(holder, historySchema, options.onNotice) }, options, scratch)
}
