import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Connection } from '@yama/core'

/** Which file this is: a copy has another inode, a restored backup too. Undefined in memory, which nobody copies. */
export function lockPlace({ server }: Connection): string | undefined {
  if (server.database === ':memory:') return undefined
  const file = resolve(server.database)
  const { dev, ino } = statSync(file, { bigint: true })
  // Where the system has no inodes the path has to do.
  return ino === 0n ? file : `${String(dev)}:${String(ino)}`
}
