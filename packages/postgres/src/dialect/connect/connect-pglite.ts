import type { Connection } from '@yama/core'
import { createConnection } from '../connection.ts'
import { pgliteWire } from '../drivers/pglite.ts'
import type { ServerNotice } from '../drivers/wire.ts'
import { serverInfo } from '../server-info.ts'
import type { PgliteHolder } from './pglite-instance.ts'

/** A connection to the one session of an instance, which is started for the first and closed after the last. */
export async function connectPglite(
  holder: PgliteHolder,
  historySchema: string,
  onNotice: (notice: ServerNotice) => void = () => undefined,
): Promise<Connection> {
  const { pglite, session, inside } = await holder.open()
  try {
    const wire = pgliteWire(pglite, onNotice)
    const server = await session.run(() => serverInfo(wire, { host: holder.directory ?? 'memory', pooler: () => false, historySchema }))
    return createConnection({ wire, server, session, inside, local: [], lockTimeout: '', close: () => holder.release() })
  } catch (error) {
    await holder.release()
    throw error
  }
}
