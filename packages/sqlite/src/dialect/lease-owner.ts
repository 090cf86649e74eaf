import { hostname, userInfo } from 'node:os'

/** Who holds the lease, as stored in its row. */
export interface LeaseOwner {
  readonly pid: number
  readonly host: string
  readonly user: string
  readonly application: string
  /** Random per process: a pid is reused, and in containers it is always 1. */
  readonly instance: string
}

const INSTANCE = globalThis.crypto.randomUUID()

export function thisProcess(): LeaseOwner {
  return { pid: process.pid, host: hostname(), user: userInfo().username, application: 'yama', instance: INSTANCE }
}

/** True where the holder ran on this machine and is certainly gone; false where that cannot be known. */
export function isCertainlyDead(owner: LeaseOwner): boolean {
  if (owner.host !== hostname()) return false
  if (owner.pid === process.pid) return owner.instance !== INSTANCE
  try {
    process.kill(owner.pid, 0)
    return false
  } catch (error) {
    // EPERM: the process is there and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
