import type { ClientConfig } from 'pg'
import type { Connection } from '@yama/core'
import { Mutex } from '@yama/core/dialect-kit'
import { identifier } from '../../types/quoted.ts'
import { createConnection } from '../connection.ts'
import type { PostgresOptions } from '../dialect-options.ts'
import type { Wire } from '../drivers/wire.ts'
import { serverInfo } from '../server-info.ts'
import { connectFailure, type ConnectAttempt } from './connect-failure.ts'
import { connectSession, type Setting } from './connect-session.ts'
import { connectWire } from './connect-wire.ts'
import type { PostgresTarget } from './parse-url.ts'

/** Connects, applies the settings of the session, asks who answers. Rejects with a YAMA_CONNECT_… code. */
export async function connectPostgres(
  target: PostgresTarget,
  options: PostgresOptions,
  historySchema: string,
  signal: AbortSignal | undefined,
): Promise<Connection> {
  const hostname = target.host ?? process.env['PGHOST'] ?? 'localhost'
  const port = target.port ?? Number(process.env['PGPORT'] ?? 5432)
  const attempt: ConnectAttempt = {
    hostname,
    port,
    user: target.user ?? process.env['PGUSER'] ?? '(default)',
    database: target.database ?? process.env['PGDATABASE'] ?? '(default)',
    timeoutMs: target.connectTimeoutMs,
    secrets: [target.password ?? '', process.env['PGPASSWORD'] ?? ''],
  }
  const settings = sessionSettings(target, options)
  let opened: Wire | undefined
  try {
    const { wire, pooler: seen } = await connectSession(
      (own) => connectWire(clientConfig(target, options, own, hostname, port), target, options, signal),
      options.pooler ?? target.pooler,
      [ISOLATION, ...settings],
    )
    opened = wire
    const server = await serverInfo(wire, { host: hostname, pooler: seen, historySchema })
    const { pooler } = server
    return createConnection({
      wire,
      server,
      session: new Mutex(),
      inside: new Mutex(),
      local: pooler ? [READ_COMMITTED, ...settings.map(([name, value]) => `SET LOCAL ${name} = ${value}`)] : [],
      lockTimeout: pooler ? '' : String(options.lockTimeoutMs ?? 3000),
      close: () => wire.close(),
    })
  } catch (error) {
    // A session that nobody gets would keep the process alive. Why it is of no use is what counts, not how it ends.
    await opened?.close().catch(() => undefined)
    signal?.throwIfAborted()
    throw connectFailure(error, attempt)
  }
}

/** The lock and the fence wait for each other's rows and then look again; a stricter default of the database would fail instead. */
const READ_COMMITTED = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED'
const ISOLATION: Setting = ['default_transaction_isolation', 'read committed']

function sessionSettings(target: PostgresTarget, options: PostgresOptions): readonly Setting[] {
  const path = options.searchPath ?? target.searchPath
  const idle = options.idleInTransactionTimeoutMs ?? 0
  return [
    // Migrations are split, hashed and shown by the standard's rules for strings, so they are run by them too.
    ['standard_conforming_strings', 'on'],
    ['lock_timeout', String(options.lockTimeoutMs ?? 3000)],
    ...(idle === 0 ? [] : [['idle_in_transaction_session_timeout', String(idle)] as const]),
    ...(path.length === 0 ? [] : [['search_path', path.map((name) => identifier(name)).join(', ')] as const]),
  ]
}

/** Settings go with the startup message, which costs no round trip; a transaction pooler would refuse them. */
function clientConfig(
  target: PostgresTarget,
  options: PostgresOptions,
  settings: readonly Setting[],
  host: string,
  port: number,
): ClientConfig {
  const startup = [
    ...(target.options === undefined ? [] : [target.options]),
    ...settings.map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`),
  ].join(' ')
  return {
    host,
    port,
    ...(target.user === undefined ? {} : { user: target.user }),
    ...(target.password === undefined ? {} : { password: target.password }),
    ...(target.database === undefined ? {} : { database: target.database }),
    ...(startup === '' ? {} : { options: startup }),
    application_name: options.applicationName ?? target.applicationName ?? 'yama',
    connectionTimeoutMillis: target.connectTimeoutMs,
    keepAlive: true,
  }
}
