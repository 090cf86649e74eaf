import { coreErrors, toDiagnostic, type Diagnostic, type SnapshotRow, type Status } from '@yama/core'
import type { FactBase } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'

/** So many differing objects are named. */
const SHOWN = 12

/** The live schema against what the last run left: the stored snapshot, else the state that the newest migration states. */
export async function verifyState(
  context: CliContext,
  status: Status,
  snapshot: SnapshotRow | undefined,
): Promise<{ readonly name: string; readonly good: string; readonly found: readonly Diagnostic[] }> {
  const part = (good: string, found: readonly Diagnostic[] = []): Awaited<ReturnType<typeof verifyState>> => ({
    name: 'schema',
    good,
    found,
  })
  const [head, ...others] = status.heads
  const stated = others.length > 0 ? undefined : status.applied.find(({ id }) => id === head)?.stateAfter
  if (snapshot === undefined && stated === undefined) return part('nothing to compare with: no run has stored it')
  const { scope, whole } = await context.database()
  const { schema } = (await whole()).extensions
  if (schema === undefined) return part('this dialect cannot read it')
  const { decodeFacts, difference, stateHash } = await import('@yama/schema')
  const connection = await (await whole()).connect(context.signal)
  let live: FactBase
  try {
    live = await schema.extract(connection, scope)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
  const hash = stateHash(live)
  const good = `as the last run left it (${hash})`
  if (snapshot !== undefined && snapshot.tag === live.tag) {
    if (snapshot.stateHash === hash) return part(good)
    const { describeDelta } = await import('@yama/authoring')
    // Those on request are in no hash.
    const changes = difference(decodeFacts(snapshot.facts), live)
      .filter(({ kind }) => kind !== 'owner')
      .map(describeDelta)
    const rest = changes.length > SHOWN ? ` and ${changes.length - SHOWN} more` : ''
    const details = { origin: `the run of ${snapshot.at.slice(0, 19)}Z`, changes: `${changes.slice(0, SHOWN).join('; ')}${rest}` }
    return part('', [toDiagnostic(coreErrors.YAMA_VERIFY_STATE(details), 'error')])
  }
  // Hashes are compared under one tag only: dialect, version and format.
  if (stated === undefined || stated.slice(0, stated.lastIndexOf(':')) !== live.tag)
    return part('stored for another server version: not compared')
  if (stated === hash) return part(`as ${head ?? ''} states it (${hash})`)
  return part('', [toDiagnostic(coreErrors.YAMA_VERIFY_STATE({ origin: head ?? '', changes: `${stated} is ${hash} now` }), 'error')])
}
