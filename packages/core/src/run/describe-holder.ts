import type { LockHolder } from '../contract/dialect.ts'

/**
 * Who holds a lock, in one line for people.
 *
 * @example describeHolder({ pid: '4711', user: 'deploy', host: 'ci-7', since: '2026-11-20T09:30:00Z', migration: '001_users' })
 */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'it has just been released'
  const { pid = '?', process, user = '?', application, host, since, migration, doing, ci } = holder
  const parts = [
    `session ${pid} of ${user}${application === undefined ? '' : ` (${application})`}${place(process, host)}`,
    since === undefined ? undefined : `since ${since}`,
    migration === undefined ? undefined : `at migration ${migration}`,
    doing === undefined ? undefined : `running: ${doing}`,
    ci,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

function place(process: string | undefined, host: string | undefined): string {
  if (process === undefined) return host === undefined ? '' : ` on ${host}`
  return `, process ${process}${host === undefined ? '' : ` on ${host}`}`
}
