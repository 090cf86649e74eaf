import { statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

const IN_MEMORY = '/dev/shm'
/** A thousand tables take about 100 MB. */
const PLENTY = 4 * 2 ** 30

/**
 * Where a throw-away cluster is made: in memory where Linux has plenty of it, for making a table is making files; else in the directory for
 * temporary files, which `TMPDIR` names.
 */
export function clusterParent(): string {
  if (process.platform !== 'linux' || process.env['TMPDIR'] !== undefined) return tmpdir()
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= PLENTY && freemem() >= PLENTY ? IN_MEMORY : tmpdir()
  } catch {
    // There is none.
    return tmpdir()
  }
}
