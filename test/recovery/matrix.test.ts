import { randomBytes } from 'node:crypto'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileArena, serverArena, type Arena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { killAndRecover, reference } from './kill-and-recover.ts'
import { exchangeAt, momentsOf, serverMoments, type Moment } from './moments.ts'
import { ownServers, startOwn, type OwnArena } from './own-servers.ts'
import { shapes, type Shape } from './scenario.ts'

const random = (): string => `yama_matrix_${randomBytes(4).toString('hex')}`
const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())]
const arenas: readonly Arena[] = [
  fileArena('sqlite'),
  fileArena('pglite'),
  ...(await Promise.all(servers.map(({ name, url }) => serverArena(name, url, random())))),
]

/** Every cell of an arena, with what came of it; a moment that the run does not have is told as such. */
async function matrix(arena: Arena, momentsFor: (shape: Shape) => readonly Moment[]): Promise<readonly string[]> {
  const plain = await reference(arena)
  const stepwise = shapes.some((shape) => momentsFor(shape).some((moment) => moment.stepwise))
    ? await reference(arena, { stepwise: true })
    : plain
  const told: string[] = []
  for (const shape of shapes) {
    for (const moment of momentsFor(shape)) {
      const expected = moment.stepwise === true ? stepwise : plain
      const exchange = exchangeAt(expected, shape, moment)
      if (exchange === undefined) {
        told.push(`${shape}, ${moment.name}: there is no such exchange`)
        continue
      }
      const { phase, delayMs = 0, how = 'cut', stepwise: watched = false } = moment
      const { wrong } = await killAndRecover(arena, plain.observed, [{ exchange, phase, delayMs, how, stepwise: watched }])
      told.push(`${shape}, ${moment.name}: ${wrong.length === 0 ? 'recovered' : wrong.join('; ')}`)
    }
  }
  return told
}
const recovered = (momentsFor: (shape: Shape) => readonly Moment[]): readonly string[] =>
  shapes.flatMap((shape) => momentsFor(shape).map(({ name }) => `${shape}, ${name}: recovered`))

describe('killed clients', () => {
  afterAll(async () => {
    for (const arena of arenas) await arena.close()
  })
  test.concurrent.each(arenas)('$name', { timeout: 900_000 }, async (arena) => {
    const { kind } = dialectAt(arena.url)
    // Files have no server that could end a session. PGlite runs what PostgreSQL runs, and each cell of it costs seconds: what it is here for are
    // the files that a dead process leaves, and the moments around a batch leave no others than those inside it.
    const cells = (shape: Shape): readonly Moment[] =>
      momentsOf(kind, shape).filter(
        ({ how, kind: exchange, phase, stepwise }) =>
          (how !== 'sessions' || arena.directory === undefined) &&
          (arena.name !== 'PGlite' || (stepwise !== true && (exchange !== 'end' || phase === 'during'))),
      )
    expect(await matrix(arena, cells)).toEqual(recovered(cells))
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
    const { kind } = dialectAt(arena.url)
    const cells = (shape: Shape): readonly Moment[] => serverMoments(kind, shape)
    expect(await matrix(arena, cells)).toEqual(recovered(cells))
  })
})
