import { asLines, dump, withLoadedCase, type DifferenceCase } from './difference-case.ts'
import { administer, urlOf } from './local-server.ts'
import type { Peer, PeerName } from './peers.ts'

/** What a peer made of a case: `ok` where the dump has the lines that it has to have. Nobody else has a way back to judge. */
export interface PeerOutcome {
  readonly outcome: 'ok' | 'error' | 'dump-differs'
  readonly detail: string
}
export type PeerOutcomes = Readonly<Partial<Record<PeerName, PeerOutcome>>>

/** Each peer gets a copy of the first side, rows included, and is judged by `pg_dump` as Yama is. */
export async function runPeers(
  one: DifferenceCase,
  name: string,
  major: number,
  peers: readonly Peer[],
): Promise<PeerOutcomes | { readonly unloadable: string }> {
  return await withLoadedCase(one, name, major, async ({ left, first, second }) => {
    const wanted = asLines(await dump(second))
    if (one.seed !== null && one.seed !== undefined) await left.execute(one.seed).catch(() => {})
    // A database that is copied has nobody in it.
    await left[Symbol.asyncDispose]()
    const outcomes: Partial<Record<PeerName, PeerOutcome>> = {}
    for (const peer of peers) {
      const copy = `${name}_${peer.name.replace('-', '_')}`
      await administer(`DROP DATABASE IF EXISTS "${copy}" WITH (FORCE)`)
      await administer(`CREATE DATABASE "${copy}" TEMPLATE "${first}"`)
      try {
        const error = await peer.change(urlOf(copy), urlOf(second))
        const reached = error === undefined && asLines(await dump(copy)) === wanted
        outcomes[peer.name] = { outcome: error === undefined ? (reached ? 'ok' : 'dump-differs') : 'error', detail: error ?? '' }
      } finally {
        await administer(`DROP DATABASE IF EXISTS "${copy}" WITH (FORCE)`)
      }
    }
    return outcomes
  })
}
