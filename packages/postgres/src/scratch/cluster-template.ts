import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerBinaries } from './find-binaries.ts'

/** What a directory has that was begun so long ago and not ended will not come any more. */
const ABANDONED_MS = 10 * 60_000

/**
 * The directory beside the clusters in which what initdb makes is kept for the next one, as `data`: copying it takes a fifth of the time. It is
 * named after the very file of initdb and after its options, and believed only where it belongs to the user that the server runs as and to nobody else.
 * Undefined where there is something else in its place.
 */
export function clusterTemplate({ directory, major }: ServerBinaries, uid: number | undefined, options: string): string | undefined {
  if (uid === undefined) return undefined
  const initdb = statSync(join(directory, 'initdb'))
  const key = createHash('sha256')
    .update(JSON.stringify([directory, initdb.ino, initdb.size, initdb.mtimeMs, options]))
    .digest('hex')
  const family = `yama-initdb-${String(uid)}-${String(major)}-`
  const path = join(tmpdir(), family + key.slice(0, 16))
  try {
    const found = lstatSync(path)
    if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) return undefined
    if (!existsSync(join(path, 'data')) && Date.now() - found.mtimeMs > ABANDONED_MS) rmSync(path, { recursive: true, force: true })
  } catch {
    // There is none yet. Those of a version before are of no use any more.
    forget(family)
  }
  return path
}

function forget(family: string): void {
  try {
    for (const name of readdirSync(tmpdir())) if (name.startsWith(family)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  } catch {
    // Whoever owns it may remove it.
  }
}
