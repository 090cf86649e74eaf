import type { YamaConfig } from '../contract/config.ts'
import type { Connection, Dialect, Lock, LockOptions, ServerInfo } from '../contract/dialect.ts'
import type { Actor, HistoryState, HistoryStore } from '../contract/history.ts'
import { coreErrors } from '../errors/errors.ts'
import { YamaError } from '../errors/yama-error.ts'
import { describeHolder } from './describe-holder.ts'
import type { Emit } from './emitter.ts'
import { recordTakeover } from './record-lock.ts'

/** The one connection of an instance, opened when it is first needed. */
export interface Session {
  readonly project: string
  open(signal?: AbortSignal): Promise<{ readonly connection: Connection; readonly history: HistoryStore }>
  /** Forgets a connection that broke, so that the next call connects again. */
  forget(): Promise<void>
}

export function createSession({ dialect, project = 'default' }: YamaConfig): Session {
  let opened: ReturnType<Session['open']> | undefined
  return {
    project,
    open: async (signal) => {
      opened ??= dialect.connect(signal).then((connection) => ({ connection, history: dialect.createHistory(connection, { project }) }))
      try {
        return await opened
      } catch (error) {
        opened = undefined
        throw error
      }
    },
    forget: async () => {
      const closing = opened
      opened = undefined
      await (await closing)?.connection[Symbol.asyncDispose]()
    },
  }
}

/** What holds while work runs under the lock: the history as it was read after the lock was taken. */
export interface Locked {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly history: HistoryStore
  readonly state: HistoryState
  readonly lock: Lock
  readonly actor: Actor
}

/** Who is written down as the one who did it. */
export const actorOf = ({ actor }: YamaConfig, { user }: ServerInfo): Actor => ({ databaseUser: user, ...actor })

/** Creates the history where it is missing, takes the lock, reads again, and releases the lock whatever happens. */
export async function underLock<T>(
  session: Session,
  config: YamaConfig,
  emit: Emit,
  signal: AbortSignal,
  work: (locked: Locked) => Promise<T>,
): Promise<T> {
  const { connection, history } = await session.open(signal)
  const { server } = connection
  let broken = false
  if (server.readOnly) throw coreErrors.YAMA_DATABASE_READ_ONLY({ database: server.database, host: server.host })
  // Somebody else may hold up the history's tables and then the lock: one wait is meant for both.
  const waitMs = config.lockWaitMs ?? 60_000
  const since = performance.now()
  const waiting: LockOptions = {
    waitMs,
    signal,
    ...(config.actor === undefined ? {} : { actor: config.actor }),
    onWait: (holder) => {
      void emit({
        type: 'lock:waiting',
        waitedMs: Math.round(performance.now() - since),
        ...(holder === undefined ? {} : { holder: describeHolder(holder) }),
      })
    },
  }
  await history.ensure(waiting)
  const lock = await config.dialect.acquireLock(connection, session.project, {
    ...waiting,
    waitMs: Math.max(0, waitMs - (performance.now() - since)),
  })
  try {
    const actor = actorOf(config, server)
    if (lock.takenOver !== undefined) await recordTakeover({ dialect: config.dialect, connection, history, actor }, lock, lock.takenOver)
    const state = await history.read()
    return await work({ dialect: config.dialect, connection, history, state, lock, actor })
  } catch (error) {
    broken = YamaError.is(error) && (error.code === 'YAMA_RUN_DISCONNECTED' || error.code === 'YAMA_RUN_FAILOVER')
    throw error
  } finally {
    // The error of the work must not be hidden behind one of the release.
    await quietly(emit, 'The lock could not be released', () => lock[Symbol.asyncDispose]())
    if (broken) await quietly(emit, 'The broken connection could not be closed', () => session.forget())
  }
}

async function quietly(emit: Emit, what: string, work: () => PromiseLike<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await emit({ type: 'notice', message: `${what}: ${error instanceof Error ? error.message : String(error)}` })
  }
}
