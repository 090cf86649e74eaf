import { coreErrors, type Dialect, type Lock, type LockOptions } from '@yama/core'
import { testkitErrors } from '../errors/errors.ts'
import { createFakeConnection, type FakeConnection } from './fake-connection.ts'
import { createFakeDatabase, type FakeDatabase } from './fake-database.ts'
import { describeFakeFailure } from './fake-failure.ts'
import { createFakeHistory } from './fake-history.ts'

/**
 * A whole dialect in memory, with transactions, locks and a history: for tests of plugins and of everything above dialects.
 * Its language has one statement per line or semicolon: `create x`, `drop x`, `insert x 1`, `count x`, `alone x`
 * (refused in a transaction), `half x` (fails and leaves something), `fail why`, `sleep ms`.
 *
 * @example const yama = createYama({ dialect: fakeDialect(), sources: [memorySource([sqlMigration({ id: '1', up: 'create t' })])] })
 */
export function fakeDialect(): Dialect {
  const database = createFakeDatabase()
  return {
    kind: 'sqlite',
    capabilities: { transactionalDdl: true, lockScope: 'session', concurrentIndex: true, batch: true },
    extensions: {},
    connect: async (signal) => {
      signal?.throwIfAborted()
      return createFakeConnection(database)
    },
    createHistory: (connection, { project }) => {
      const { session } = connection as FakeConnection
      return createFakeHistory(database, project, () => database.free(session))
    },
    acquireLock: (connection, key, options) => acquireLock(database, (connection as FakeConnection).session, key, options),
    inspectLock: async (_, key) => {
      const held = database.locks.get(key)
      return held && { key, token: held.token, holder: { since: held.since }, alive: 'yes', evidence: ['it is in this process'] }
    },
    breakLock: async (connection, { key, token }, record) => {
      if (database.locks.get(key)?.token !== token) throw coreErrors.YAMA_LOCK_CHANGED({ key, holder: 'another one' })
      database.fences.set(key, token + 1)
      database.locks.delete(key)
      await connection.transaction(record)
    },
    splitStatements,
    semanticTokens: (sql) =>
      sql
        .replaceAll(/#[^\n]*/g, '')
        .split(/\s+/)
        .filter(Boolean)
        .join(' '),
    describeStatement: (sql) => {
      const [verb = '', object = ''] = sql.trim().split(/\s+/)
      const base = { verb: verb.toUpperCase(), object, class: verb === 'insert' ? 'dml' : 'ddl' } as const
      return verb === 'drop' ? { ...base, loss: 'certain', loses: `object ${object} with its rows` } : { ...base, loss: 'none' }
    },
    describeFailure: describeFakeFailure,
    checkAfter: async (_, statement) => {
      const name = statement.trim().split(/\s+/)[1] ?? ''
      if (database.objects.has(`invalid_${name}`)) {
        throw testkitErrors.YAMA_FAKE_LEFT_BEHIND({ object: `invalid_${name}` })
      }
    },
  }
}

function splitStatements(sql: string): ReturnType<Dialect['splitStatements']> {
  return [...sql.matchAll(/[^;\n]+/g)].flatMap((match) => {
    const text = match[0].trim()
    if (text === '' || text.startsWith('#')) return []
    const offset = match.index + match[0].indexOf(text)
    const before = sql.slice(0, offset).split('\n')
    const transaction = /^(?:alone|half)\b/.test(text) ? 'none' : 'any'
    return [{ text, offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, transaction }]
  })
}

async function acquireLock(database: FakeDatabase, owner: symbol, key: string, options: LockOptions): Promise<Lock> {
  const start = performance.now()
  for (;;) {
    options.signal?.throwIfAborted()
    const held = database.locks.get(key)
    if (held === undefined) return take(database, owner, key)
    const waited = Math.round(performance.now() - start)
    if (waited >= options.waitMs) throw coreErrors.YAMA_LOCK_BUSY({ key, holder: `since ${held.since}`, waited })
    options.onWait?.({ since: held.since }, waited)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function take(database: FakeDatabase, owner: symbol, key: string): Lock {
  const token = (database.fences.get(key) ?? 0) + 1
  const mine = { token, owner, since: new Date().toISOString() }
  database.fences.set(key, token)
  database.locks.set(key, mine)
  return {
    key,
    token,
    isHeld: async () => database.locks.get(key) === mine,
    [Symbol.asyncDispose]: async () => {
      if (database.locks.get(key) === mine) database.locks.delete(key)
    },
  }
}
