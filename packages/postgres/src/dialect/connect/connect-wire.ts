import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { ClientConfig } from 'pg'
import type { PostgresOptions } from '../dialect-options.ts'
import { connectPg } from '../drivers/pg.ts'
import { isTlsFailure } from './connect-failure.ts'
import type { PostgresTarget } from './parse-url.ts'

type Encryption = false | true | TlsOptions

/** `pg_hba.conf` has no line for the connection as it is: it may have one for the other way. */
const isNotLetIn = (error: unknown): boolean => (error as { readonly code?: unknown }).code === '28000'
const isNotOffered = (error: unknown): boolean => /does not support SSL/.test(String((error as Error).message))

/** Neither with encryption nor without: it is not that. */
const either = (error: unknown): Error =>
  Object.assign(error as Error, { message: (error as Error).message.replace(/, (?:no|SSL) encryption$/, '') })

/**
 * Opens a session as libpq does: `prefer` is an attempt with encryption and one without, `allow` the other way round, whatever else
 * is one attempt. Rejects with the driver's error of the attempt that came further.
 */
export async function connectWire(
  config: ClientConfig,
  target: PostgresTarget,
  options: PostgresOptions,
  signal: AbortSignal | undefined,
): ReturnType<typeof connectPg> {
  const connect = (ssl: Encryption): ReturnType<typeof connectPg> =>
    connectPg({ ...config, ssl }, options.onNotice ?? (() => undefined), signal)
  if (options.ssl !== undefined) return connect(options.ssl)
  const { sslMode, tls } = target
  if (sslMode !== 'allow' && sslMode !== 'prefer') return connect(sslMode === 'disable' ? false : tls)
  try {
    return await connect(sslMode === 'allow' ? false : tls)
  } catch (error) {
    if (!isNotLetIn(error) && (sslMode === 'allow' || !(isNotOffered(error) || isTlsFailure(error)))) throw error
    return await connect(sslMode === 'allow' ? tls : false).catch((second: unknown) => {
      if (isNotLetIn(error) && isNotLetIn(second)) throw either(error)
      throw isNotLetIn(error) && isNotOffered(second) ? error : second
    })
  }
}
