import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
    if (directory !== undefined) refuseForeign(directory)
    return { pglite: await startPglite(directory), session: new Mutex(), inside: new Mutex() }
  } catch (error) {
    if (directory !== undefined) rmSync(lockFile(directory), { force: true })
    if (YamaError.is(error) || directory === undefined) throw error
    throw refusal(directory, error instanceof Error ? error.message : 'PGlite cannot read it', error)
  }
}

const refusal = (directory: string, reason: string, cause?: unknown): YamaError =>
  postgresErrors.YAMA_CONNECT_DIRECTORY({ directory, reason }, { cause })

/** PGlite makes a new cluster wherever PG_VERSION is missing: over one that lost it, and among the files of anything else. */
function refuseForeign(directory: string): void {
  if (!existsSync(directory)) return
  if (!statSync(directory).isDirectory()) throw refusal(directory, 'it is a file')
  if (existsSync(join(directory, 'PG_VERSION')) || readdirSync(directory).length === 0) return
  throw refusal(directory, 'it has files and is no database of PGlite, or one that was not made to its end. Nothing was touched')
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
      throw refusal(directory, error instanceof Error ? error.message : String(error), error)
    }
    try {
      const pid = holderIn(file)
      if (isAlive(pid)) throw postgresErrors.YAMA_CONNECT_DIRECTORY_IN_USE({ directory, pid, file })
      removeStale(file, pid)
    } catch (problem) {
      // Its owner has just removed it. What cannot be read may be of somebody who is alive.
      if (YamaError.is(problem)) throw problem
      if ((problem as { readonly code?: unknown }).code !== 'ENOENT')
        throw refusal(directory, problem instanceof Error ? problem.message : String(problem), problem)
    }
    claim(directory)
  }
}

const holderIn = (file: string): number => Number(readFileSync(file, 'utf8'))

/** Two that find the same dead owner at once: only one may take its file away, and none the file that the other has written since. */
function removeStale(file: string, pid: number): void {
  const aside = `${file}.${String(process.pid)}`
  renameSync(file, aside)
  if (holderIn(aside) === pid || existsSync(file)) rmSync(aside, { force: true })
  else renameSync(aside, file)
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
