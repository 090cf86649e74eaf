import { readlinkSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'

/** Who holds a lease, as it stands in its row. */
export interface LeaseOwner {
  /** Of the process. */
  readonly pid: number
  readonly host: string
  readonly user: string
  readonly application: string
  /** Random per process: a pid is used again, and in containers it is often 1. */
  readonly instance: string
  /** Where its pid means something: containers with one host name count their processes apart. */
  readonly pids?: string
  /** Link to the CI job. */
  readonly ci?: string
  /** Which database it was written in: a copy of the row in another one counts for nothing. */
  readonly place?: string
  /** Which server of a cluster. */
  readonly node?: string
}

const INSTANCE = globalThis.crypto.randomUUID()

let pids: string | undefined
function pidNamespace(): string {
  if (pids !== undefined) return pids
  try {
    pids = readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux has them.
    pids = ''
  }
  return pids
}

/** This process as the owner of a lease; `actor` is who runs it, in the names of the history. */
export function leaseOwner(
  actor: Readonly<Record<string, string>> = {},
  where: { readonly place?: string; readonly node?: string } = {},
): LeaseOwner {
  const { osUser, application = 'yama', ciUrl, ciJob } = actor
  const ci = ciUrl ?? ciJob
  return {
    pid: process.pid,
    host: hostname(),
    user: osUser ?? systemUser(),
    application,
    instance: INSTANCE,
    pids: pidNamespace(),
    ...(ci === undefined ? {} : { ci }),
    ...where,
  }
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a user id without a name.
    return `uid ${String(process.getuid?.() ?? 'unknown')}`
  }
}

/** True where the holder ran on this machine and is certainly gone; false where that cannot be known. */
export function isCertainlyDead(owner: LeaseOwner): boolean {
  if (owner.host !== hostname() || (owner.pids ?? pidNamespace()) !== pidNamespace()) return false
  const pid = Number(owner.pid)
  if (pid === process.pid) return owner.instance !== INSTANCE
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: the process is there and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
