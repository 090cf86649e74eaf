import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { YamaError } from '@yama/core'
import { Mutex } from '@yama/core/dialect-kit'
import { postgresErrors } from '../../errors/errors.ts'
import { startPglite } from '../drivers/pglite.ts'

/** A running PGlite and what its connections share: it has one session. */
export interface PgliteInstance {
  readonly pglite: PGlite
  readonly session: Mutex
  readonly inside: Mutex
}

/** Counts the connections of one database; the last one closes it, unless it lives in memory and is wanted again. */
export interface PgliteHolder {
  readonly directory: string | undefined
  open(): Promise<PgliteInstance>
  release(): Promise<void>
}

/** `once`: a database in memory ends with its last connection instead of with its holder. */
export function pgliteHolder(dataDir: string | undefined, once: boolean): PgliteHolder {
  const directory = dataDir === undefined ? undefined : resolve(dataDir)
  let running: Promise<PgliteInstance> | undefined
  let users = 0
  return {
    directory,
    open: async () => {
      users++
      running ??= start(directory)
      try {
        return await running
      } catch (error) {
        users--
        running = undefined
        throw error
      }
    },
    release: async () => {
      if (--users > 0 || running === undefined) return
      const { pglite } = await running
      if (directory === undefined && !once) return stopTimer(pglite)
      running = undefined
      await pglite.close()
      if (directory !== undefined) rmSync(lockFile(directory), { force: true })
    },
  }
}

/** The server's timer for its statistics would keep an idle process alive for ten seconds more. */
function stopTimer(pglite: PGlite): void {
  const { _clear_setitimer: clear } = pglite.Module as { readonly _clear_setitimer?: () => void }
  clear?.()
}

async function start(directory: string | undefined): Promise<PgliteInstance> {
  if (directory !== undefined) claim(directory)
  try {
    return { pglite: await startPglite(directory), session: new Mutex(), inside: new Mutex() }
  } catch (error) {
    if (directory !== undefined) rmSync(lockFile(directory), { force: true })
    if (YamaError.is(error) || directory === undefined) throw error
    throw postgresErrors.YAMA_CONNECT_DIRECTORY(
      { directory, reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    )
  }
}

/** Beside the directory: PGlite must find an empty one when it makes the cluster. */
const lockFile = (directory: string): string => `${directory}.lock`

/** PGlite itself lets two processes write to one directory, which destroys it. */
function claim(directory: string): void {
  const file = lockFile(directory)
  try {
    mkdirSync(resolve(directory, '..'), { recursive: true })
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'EEXIST') {
      throw postgresErrors.YAMA_CONNECT_DIRECTORY(
        { directory, reason: error instanceof Error ? error.message : String(error) },
        { cause: error },
      )
    }
    const pid = Number(readFileSync(file, 'utf8'))
    if (isAlive(pid)) throw postgresErrors.YAMA_CONNECT_DIRECTORY_IN_USE({ directory, pid, file })
    rmSync(file, { force: true })
    claim(directory)
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { readonly code?: unknown }).code === 'EPERM'
  }
}
