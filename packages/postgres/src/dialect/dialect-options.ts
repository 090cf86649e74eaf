import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { ServerNotice } from './drivers/wire.ts'

export interface SharedOptions {
  /** Schema of the history; default `yama`. */
  readonly historySchema?: string
  /** Gets the server's notices and warnings. */
  readonly onNotice?: (notice: ServerNotice) => void
}

export interface PostgresOptions extends SharedOptions {
  /** `postgres://user:password@host:5432/database?sslmode=…`. */
  readonly url: string
  /** Overrides `sslmode` of the URL. */
  readonly ssl?: boolean | TlsOptions
  /** As pg_stat_activity shows it; default `yama`. */
  readonly applicationName?: string
  /** Schemas which unqualified names mean; default: what the role has. */
  readonly searchPath?: readonly string[]
  /** How long a statement waits for a lock, in ms; default 3 000, 0 for ever. CONCURRENTLY is never cut short. */
  readonly lockTimeoutMs?: number
  /** How long the server keeps a transaction that nobody works in, in ms; default 0, for ever. */
  readonly idleInTransactionTimeoutMs?: number
  /**
   * Whether a transaction pooler is between. By default the URL says so (`?pooler=true`, `?pgbouncer=true`, port 6543, hosts with
   * `-pooler`, `.pooler.`, `.proxy-`), else it is seen: a pooler does not pass on the settings that a session starts with.
   */
  readonly pooler?: boolean
}

export type PgliteOptions = SharedOptions & {
  /** Where the database is kept; absent: in memory, as long as the dialect is. */
  readonly dataDir?: string
  /** `pglite:./directory` or `pglite:memory`, in place of `dataDir`. */
  readonly url?: string
}
