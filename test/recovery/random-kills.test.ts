import { randomBytes } from 'node:crypto'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, expect, test } from 'vitest'
import { fileArena, serverArena, type Arena } from './arena.ts'
import { randomKills } from './random-kill.ts'

const COUNT = 50
/** It is PostgreSQL once more, where each start of a process costs a second; `pnpm soak:kills` has hundreds of them. */
const OF_PGLITE = 15
const first = Number(process.env['YAMA_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
console.warn(`random kills: seeds ${first} to ${first + COUNT - 1} (YAMA_KILL_SEED)`)

const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())]
const arenas: readonly Arena[] = [
  fileArena('sqlite'),
  fileArena('pglite'),
  ...(await Promise.all(servers.map(({ name, url }) => serverArena(name, url, `yama_kills_${randomBytes(4).toString('hex')}`)))),
]
afterAll(async () => {
  for (const arena of arenas) await arena.close()
})

test.concurrent.each(arenas)(
  '$name: whatever is killed, the next run ends where an undisturbed one does',
  { timeout: 600_000 },
  async (arena) => {
    const count = arena.name === 'PGlite' ? OF_PGLITE : COUNT
    const { failures, survived } = await randomKills(arena, { first, count })
    expect(failures).toEqual([])
    expect(survived).toBeLessThan(count / 2)
  },
)
