import { randomBytes } from 'node:crypto'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileArena, processTree, serverArena, type Arena } from './arena.ts'
import { killAndRecover, reference, type Reference } from './kill-and-recover.ts'
import type { Kill } from './killed-run.ts'
import { ownServers, startOwn, type OwnArena } from './own-servers.ts'
import { shapes, type Shape } from './scenario.ts'

interface Moment {
  readonly name: string
  readonly kind: string
  readonly phase: Kill['phase']
  readonly delayMs?: number
}
const moments: readonly Moment[] = [
  { name: 'before the intent', kind: 'intent', phase: 'before' },
  { name: 'after the intent', kind: 'intent', phase: 'after' },
  { name: 'during a statement', kind: 'statement', phase: 'during', delayMs: 1 },
  { name: 'after a statement, before its end is written', kind: 'statement', phase: 'after' },
  { name: 'between two statements', kind: 'done', phase: 'after' },
  { name: 'before a commit', kind: 'commit', phase: 'before' },
  { name: 'during a commit', kind: 'commit', phase: 'during', delayMs: 0 },
  { name: 'during the batch that ends it', kind: 'end', phase: 'during', delayMs: 1 },
]
/** A server takes seconds to come back. */
const ofServers: readonly Moment[] = moments.filter(({ phase }) => phase === 'during')

/** The exchanges of a shape at such a moment: the second one where there are several, so that something is done already. */
function exchangeAt({ points }: Reference, shape: Shape, { kind }: Moment): number | undefined {
  const found = points.flatMap((point, index) => (point === `${shape}:${kind}` ? [index] : []))
  return found[1] ?? found[0]
}

const random = (): string => `yama_matrix_${randomBytes(4).toString('hex')}`
const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())]
const arenas: readonly Arena[] = [
  fileArena('sqlite'),
  fileArena('pglite'),
  ...(await Promise.all(servers.map(({ name, url }) => serverArena(name, url, random())))),
]

async function matrix(arena: Arena, list: readonly Moment[], pids: () => Pick<Kill, 'pids'>): Promise<readonly string[]> {
  const expected = await reference(arena)
  const told: string[] = []
  for (const shape of shapes) {
    for (const moment of list) {
      const exchange = exchangeAt(expected, shape, moment)
      // What runs in one batch has no intent, and what has one has no commit.
      if (exchange === undefined) continue
      const kill: Kill = { exchange, phase: moment.phase, delayMs: moment.delayMs ?? 0, ...pids() }
      const { wrong } = await killAndRecover(arena, expected.observed, [kill])
      told.push(`${shape}, ${moment.name}: ${wrong.length === 0 ? 'recovered' : wrong.join('; ')}`)
    }
  }
  return told
}
const failed = (told: readonly string[]): readonly string[] => told.filter((line) => !line.endsWith(': recovered'))

describe('killed clients', () => {
  afterAll(async () => {
    for (const arena of arenas) await arena.close()
  })
  test.concurrent.each(arenas)('$name', { timeout: 900_000 }, async (arena) => {
    const told = await matrix(arena, moments, () => ({}))
    expect(failed(told)).toEqual([])
    for (const shape of shapes) expect(told.filter((line) => line.startsWith(`${shape}, `)).length).toBeGreaterThan(0)
  })
})

describe.each(ownServers)('every process of %s killed', (name) => {
  let arena: OwnArena | undefined
  beforeAll(async () => {
    arena = await startOwn(name)
  })
  afterAll(async () => {
    await arena?.stop()
  })
  test('comes back and goes on', { timeout: 900_000 }, async (context) => {
    if (arena?.server === undefined) return context.skip()
    const { server } = arena
    const told = await matrix(arena, ofServers, () => ({ pids: processTree(server.pid()) }))
    expect(failed(told)).toEqual([])
    expect(told.length).toBeGreaterThan(5)
  })
})
