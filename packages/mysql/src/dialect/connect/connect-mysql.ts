import { userInfo } from 'node:os'
import type { ConnectionOptions } from 'mysql2'
import type { Connection } from '@yama/core'
import { Mutex } from '@yama/core/dialect-kit'
import { mysqlErrors } from '../../errors/errors.ts'
import { createConnection } from '../connection.ts'
import type { MysqlOptions } from '../dialect-options.ts'
import { connectMysql2 } from '../drivers/mysql2.ts'
import type { Wire } from '../drivers/wire.ts'
import { openSession } from '../server-info.ts'
import { connectFailure } from './connect-failure.ts'
import type { MysqlTarget } from './parse-url.ts'

/** Connects, applies the settings of the session, asks who answers. Rejects with a YAMA_CONNECT_… code. */
export async function connectMysql(target: MysqlTarget, options: MysqlOptions, signal: AbortSignal | undefined): Promise<Connection> {
  const host = target.socket ?? `${target.host}:${String(target.port)}`
  const user = target.user ?? userInfo().username
  const secrets: string[] = []
  const config = async (): Promise<ConnectionOptions> => {
    const password = await passwordOf(target, options, host)
    secrets.push(password)
    return clientConfig(target, options, user, password)
  }
  let wire: Wire | undefined
  try {
    wire = await connectWire(config, target, options, signal)
    const { info, maxPacket } = await openSession(wire, target.host, {
      sqlMode: options.sqlMode,
      lockTimeoutMs: options.lockTimeoutMs ?? 3000,
    })
    const { query, cancel, close } = wire
    return createConnection({ wire: { query, cancel, close }, server: info, session: new Mutex(), inside: new Mutex(), maxPacket })
  } catch (error) {
    await wire?.close()
    signal?.throwIfAborted()
    throw connectFailure(error, {
      host,
      hostname: target.host,
      user,
      database: target.database,
      timeoutMs: target.connectTimeoutMs,
      secrets,
    })
  }
}

async function passwordOf(target: MysqlTarget, { password }: MysqlOptions, host: string): Promise<string> {
  if (typeof password !== 'function') return password ?? target.password ?? ''
  try {
    return await password()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw mysqlErrors.YAMA_CONNECT_MYSQL_PASSWORD({ host, reason }, { cause: error })
  }
}

/** `ssl-mode=PREFERRED` is an attempt with and one without. */
async function connectWire(
  config: () => Promise<ConnectionOptions>,
  { sslMode }: MysqlTarget,
  options: MysqlOptions,
  signal: AbortSignal | undefined,
): Promise<Wire> {
  try {
    return await connectMysql2(config, signal)
  } catch (error) {
    if (sslMode !== 'PREFERRED' || options.ssl !== undefined || (error as { code?: unknown }).code !== 'HANDSHAKE_NO_SSL_SUPPORT')
      throw error
    return await connectMysql2(async () => {
      const { ssl: _, ...plain } = await config()
      return plain
    }, signal)
  }
}

function clientConfig(target: MysqlTarget, options: MysqlOptions, user: string, password: string): ConnectionOptions {
  const { host, port, socket, database, connectTimeoutMs } = target
  const chosen = options.ssl ?? target.ssl
  const ssl = chosen === true ? {} : chosen === false ? undefined : chosen
  const verified = { rejectUnauthorized: true, verifyIdentity: ssl?.rejectUnauthorized !== false, ...ssl }
  return {
    user,
    password,
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    ...(database === '' ? {} : { database }),
    ...(ssl === undefined ? {} : { ssl: verified as NonNullable<ConnectionOptions['ssl']> }),
    // A token is sent as it is, which only a connection to a server that proved its name may see.
    ...(ssl !== undefined && verified.rejectUnauthorized && typeof options.password === 'function' ? { enableCleartextPlugin: true } : {}),
    charset: 'utf8mb4',
    connectTimeout: connectTimeoutMs === 0 ? 2_147_483_647 : connectTimeoutMs,
    connectAttributes: { program_name: options.applicationName ?? 'yama' },
  }
}
