import type { LockHolder, TakenOver } from '../contract/dialect.ts'
import { isCertainlyDead, type LeaseOwner } from './lease-owner.ts'

/** How long a lease counts after its last heartbeat, in ms. */
export const LEASE_TTL_MS = 30_000
/** How often its owner renews it, in ms. */
export const HEARTBEAT_MS = 10_000

/** A lease as it was read. */
export interface Lease {
  readonly token: number
  readonly owner: LeaseOwner
  /** ISO 8601. */
  readonly since: string
  /** Of the last heartbeat by the database's clock, in ms. */
  readonly ageMs: number
  readonly ttlMs: number
  /** The migration that its owner was at. */
  readonly migration?: string
}

/** What the database shows of the session that holds the mutex; `unseen` where there is none or it cannot be seen. */
export type SessionSight = 'there' | 'gone' | 'unseen'

export interface Judgement {
  readonly alive: 'yes' | 'no' | 'unknown'
  /** Set where the lease counts no longer. */
  readonly void?: TakenOver['why']
  readonly evidence: readonly string[]
}

/**
 * Whether a lease still counts, from what can be known of its owner: where it was written, its session, its process on this
 * machine, its heartbeat.
 */
export function judgeLease(lease: Lease, sight: { readonly session: SessionSight; readonly place?: string }): Judgement {
  const { owner, ageMs, ttlMs } = lease
  const age = `its last heartbeat is ${seconds(ageMs)} old, and it counts for ${seconds(ttlMs)}`
  if (sight.session === 'there') {
    // A server goes on with what it was given after its client has died.
    const orphan = isCertainlyDead(owner)
      ? [`process ${String(owner.pid)} on this machine is gone, and the server finishes what it was given`]
      : []
    return { alive: 'yes', evidence: ['its session is connected and holds the lock', ...orphan, age] }
  }
  if (owner.place !== undefined && sight.place !== undefined && owner.place !== sight.place)
    return { alive: 'no', void: 'elsewhere', evidence: ['the lease was written in another database and came here with a dump or a copy'] }
  if (sight.session === 'gone') return { alive: 'no', void: 'gone', evidence: ['its session has ended', age] }
  if (isCertainlyDead(owner)) return { alive: 'no', void: 'gone', evidence: [`process ${String(owner.pid)} on this machine is gone`, age] }
  if (ageMs > ttlMs) return { alive: 'no', void: 'expired', evidence: [age] }
  return { alive: ageMs < HEARTBEAT_MS * 1.5 ? 'yes' : 'unknown', evidence: [age] }
}

/** The owner of a lease as it is shown. */
export function holderOf({ owner, since, migration }: Lease): LockHolder {
  const { pid, user, host, application, ci } = owner
  return {
    pid: String(pid),
    user,
    host,
    application,
    since,
    ...(migration === undefined ? {} : { migration }),
    ...(ci === undefined ? {} : { ci }),
  }
}

const seconds = (ms: number): string => `${String(Math.round(ms / 1000))} s`
