import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { judgeLease, type Lease } from './judge-lease.ts'
import { leaseOwner } from './lease-owner.ts'

const lease = (pid: number): Lease => ({
  token: 1,
  owner: { ...leaseOwner(), pid },
  since: '2026-11-20T09:30:00Z',
  ageMs: 60_000,
  ttlMs: 30_000,
})

test('a server that goes on after its client has died holds the lock, and it is said', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const said = judgeLease(lease(pid), { session: 'there' })
  expect(said.alive).toBe('yes')
  expect(said.evidence[1]).toBe(`process ${String(pid)} on this machine is gone, and the server finishes what it was given`)
  expect(judgeLease(lease(process.pid), { session: 'there' }).evidence).toHaveLength(2)
})
