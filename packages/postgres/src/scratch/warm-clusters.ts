import type { Connection } from '@yama/core'
import type { ServerBinaries } from './find-binaries.ts'
import { startCluster, type Cluster } from './start-cluster.ts'

interface Warm {
  readonly cluster: Promise<Cluster>
  /** Databases that are to be dropped. */
  readonly unused: string[]
  users: number
  timer: NodeJS.Timeout | undefined
}

/** How long a cluster without users stays: `generate` asks for several scratch databases one after the other. */
const LINGER_MS = 5000
const warm = new Map<string, Warm>()

/** The process's cluster of these binaries, started when it is first needed. `release` is due once. */
export async function warmCluster(
  binaries: ServerBinaries,
  connect: (socket: string) => Promise<Connection>,
): Promise<{ readonly cluster: Cluster; readonly unused: string[]; readonly release: () => Promise<void> }> {
  const key = binaries.directory
  const entry = warm.get(key) ?? { cluster: startCluster(binaries, connect), unused: [], users: 0, timer: undefined }
  warm.set(key, entry)
  clearTimeout(entry.timer)
  entry.users++
  const release = (): Promise<void> => {
    if (--entry.users > 0) return Promise.resolve()
    entry.timer = setTimeout(() => {
      warm.delete(key)
      void entry.cluster.then((cluster) => cluster.stop())
    }, LINGER_MS).unref()
    return Promise.resolve()
  }
  try {
    return { cluster: await entry.cluster, unused: entry.unused, release }
  } catch (error) {
    warm.delete(key)
    throw error
  }
}
