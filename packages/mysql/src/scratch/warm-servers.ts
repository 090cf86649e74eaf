import type { Connection } from '@yama/core'
import type { ServerBinaries } from './find-binaries.ts'
import { startServer, type LocalServer } from './start-server.ts'

interface Warm {
  readonly server: Promise<LocalServer>
  users: number
  timer: NodeJS.Timeout | undefined
}

/** How long a server without users stays: `generate` asks for several scratch databases one after the other. */
const LINGER_MS = 5000
const warm = new Map<string, Warm>()

/** The process's server of these binaries, started when it is first needed. `release` is due once. */
export async function warmServer(
  binaries: ServerBinaries,
  connect: (socket: string) => Promise<Connection>,
): Promise<{ readonly server: LocalServer; readonly release: () => Promise<void> }> {
  const key = binaries.server
  const entry = warm.get(key) ?? { server: startServer(binaries, connect), users: 0, timer: undefined }
  warm.set(key, entry)
  clearTimeout(entry.timer)
  entry.users++
  const release = (): Promise<void> => {
    if (--entry.users > 0) return Promise.resolve()
    entry.timer = setTimeout(() => {
      warm.delete(key)
      void entry.server.then((server) => server.stop())
    }, LINGER_MS).unref()
    return Promise.resolve()
  }
  try {
    return { server: await entry.server, release }
  } catch (error) {
    warm.delete(key)
    throw error
  }
}
