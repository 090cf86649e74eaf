/** What an encrypted connection needs; the texts of certificates and keys, not their files. */
export interface TlsSettings {
  readonly ca?: string | Uint8Array
  readonly cert?: string | Uint8Array
  readonly key?: string | Uint8Array
  /** Whether the server's certificate must be one of a known authority; default true. */
  readonly rejectUnauthorized?: boolean
  /** Whether the certificate must also name the host; default true. */
  readonly verifyIdentity?: boolean
}

export interface MysqlOptions {
  /** `mysql://user:password@host:3306/database?ssl-mode=…` or `mariadb://…`. */
  readonly url: string
  /** Overrides the password of the URL. A function is asked for each connection: the tokens of cloud providers expire. */
  readonly password?: string | (() => string | Promise<string>)
  /** Overrides `ssl-mode` of the URL. */
  readonly ssl?: boolean | TlsSettings
  /** How long a statement waits for a lock on rows or on a table's definition, in ms, rounded up to seconds; default 3 000, 0 for what the server says. */
  readonly lockTimeoutMs?: number
  /** Default: strict, as the server's own default is. `ANSI_QUOTES` and `NO_BACKSLASH_ESCAPES` are left out, alone or in a mode such as `ANSI`, since they change how a file is read. */
  readonly sqlMode?: string
  /** As `performance_schema.session_connect_attrs` shows it; default `yama`. */
  readonly applicationName?: string
}
