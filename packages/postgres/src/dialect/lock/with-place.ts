import type { Connection, ServerInfo } from '@yama/core'
import { describeFailure } from '../failures.ts'
import type { PLACES } from './lock-sql.ts'

const withheld = new WeakSet<ServerInfo>()

/** Runs a query that asks which server this is, and asks otherwise where the user may not know. */
export async function withPlace<T>(connection: Connection, query: (server: keyof typeof PLACES) => Promise<T>): Promise<T> {
  const { server } = connection
  if (withheld.has(server)) return await query('withheld')
  try {
    return await query('known')
  } catch (error) {
    const { kind, message } = describeFailure(error)
    if ((kind !== 'permission' && kind !== 'missing') || !message.includes('pg_control_system')) throw error
    withheld.add(server)
    return await query('withheld')
  }
}
