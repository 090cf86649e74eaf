import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { killTree, type Arena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import type { Kill } from './kill.ts'
import { muteProxy } from './mute-proxy.ts'
import { watchedRun, type WatchedRun } from './watched-run.ts'

/** Runs the scenario in this process, and strikes at the kill's point; waits until the run has noticed. */
export async function fallenRun(arena: Arena, kill: Kill): Promise<WatchedRun> {
  return arena.directory === undefined ? await fallenSession(arena, kill) : await fallenFiles(arena.url, arena.directory, kill)
}

async function fallenSession(arena: Arena, kill: Kill): Promise<WatchedRun> {
  const target = new URL(arena.url)
  await using proxy = await muteProxy({ host: target.hostname, port: Number(target.port) })
  const url = Object.assign(new URL(arena.url), { port: String(proxy.port) }).href
  await using knife = await sharpen(arena, kill, proxy.fall)
  return await watchedRun(dialectAt(url), {
    stepwise: kill.stepwise === true,
    watch: ({ exchange, phase }) => {
      if (exchange === kill.exchange && phase === kill.phase) return knife.strike()
    },
  })
}

/**
 * What a killed process leaves of a database that is files: the files as they are in that moment, for nothing of it is anywhere
 * else and this thread does nothing meanwhile. The run itself comes to an end somewhere that nobody looks at.
 */
async function fallenFiles(url: string, directory: string, kill: Kill): Promise<WatchedRun> {
  const left = `${directory}.left`
  const run = await watchedRun(dialectAt(url), {
    stepwise: kill.stepwise === true,
    watch: ({ exchange, phase }) => {
      if (exchange !== kill.exchange || phase !== kill.phase) return
      cpSync(directory, left, { recursive: true })
      throw new Error('the process is gone')
    },
  })
  if (!existsSync(left)) return run
  rmSync(directory, { recursive: true })
  renameSync(left, directory)
  return run
}

interface Knife extends AsyncDisposable {
  strike(): void | Promise<void>
}

async function sharpen(arena: Arena, kill: Kill, fall: (afterNextMs?: number) => void): Promise<Knife> {
  const { server } = arena
  if (kill.how === 'server' && server !== undefined)
    return delayed(
      kill,
      () => Promise.resolve(killTree(server.pid())),
      () => Promise.resolve(),
    )
  if (kill.how === 'sessions') {
    const connection = await dialectAt(arena.url).connect()
    return delayed(
      kill,
      () => endSessions(connection),
      () => connection[Symbol.asyncDispose](),
    )
  }
  const strike = (): void => fall(kill.phase === 'during' ? kill.delayMs : undefined)
  return { strike, [Symbol.asyncDispose]: () => Promise.resolve() }
}

/** The run may be over before the delay is: what was struck for is done before the knife is put away. */
function delayed({ phase, delayMs }: Kill, work: () => Promise<void>, putAway: () => PromiseLike<void>): Knife {
  let struck: Promise<void> | undefined
  const strike = async (): Promise<void> => {
    if (phase === 'during') await sleep(delayMs)
    await work()
  }
  return {
    strike: () => {
      struck = strike()
      return struck
    },
    [Symbol.asyncDispose]: async () => {
      await struck
      await putAway()
    },
  }
}

/** Every session of this database but the one that asks. */
async function endSessions(connection: Awaited<ReturnType<ReturnType<typeof dialectAt>['connect']>>): Promise<void> {
  if (connection.server.kind === 'postgres') {
    await connection.execute(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    return
  }
  const { rows } = await connection.execute('SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()')
  for (const row of rows) {
    try {
      await connection.execute(`KILL CONNECTION ${String(Object.values(row)[0])}`)
    } catch (error) {
      // It has ended in between.
      if (!/unknown thread/i.test(String(error))) throw error
    }
  }
}
