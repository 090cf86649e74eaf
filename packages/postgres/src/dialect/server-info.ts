import type { ServerInfo } from '@yama/core'
import { literal } from '../types/quoted.ts'
import type { Wire } from './drivers/wire.ts'

/** A setting that only this session starts with. Where it did not arrive, a pooler kept it. */
export const MARK = 'yama.session'

const question = (
  historySchema: string,
): string => `SELECT current_setting('server_version'), current_database(), current_user, current_setting('${MARK}', true),
  pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on', version(),
  EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${literal(historySchema)} AND c.relname = 'migration')`

/** Sessions which saw the history's tables when they connected, so that reading it takes one round trip. */
const historySeen = new WeakMap<ServerInfo, boolean>()
export const sawHistory = (server: ServerInfo): boolean => historySeen.get(server) ?? false
export const noteHistory = (server: ServerInfo): void => void historySeen.set(server, true)

/** Asks who answers, in one round trip. Rejects with the server's failure. */
export async function serverInfo(
  wire: Wire,
  known: { readonly host: string; readonly pooler: (mark: string) => boolean; readonly historySchema: string },
): Promise<ServerInfo> {
  const { results, failure } = await wire.simple(question(known.historySchema))
  if (failure !== undefined) throw failure
  const [version = '', database = '', user = '', mark = '', readOnly, full = '', history] = (results[0]?.rows[0] ?? []).map(
    (value) => value ?? '',
  )
  const number = version.split(' ')[0] ?? ''
  const info: ServerInfo = Object.freeze({
    kind: 'postgres',
    product: `${full.includes('PGlite') ? 'PGlite' : 'PostgreSQL'} ${number}`,
    version: number,
    major: Number.parseInt(number, 10),
    host: known.host,
    database,
    user,
    readOnly: readOnly === 't',
    pooler: known.pooler(mark),
  })
  historySeen.set(info, history === 't')
  return info
}
