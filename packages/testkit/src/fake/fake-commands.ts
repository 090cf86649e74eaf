import type { QueryResult } from '@yama/core'
import { fakeFailure } from './fake-failure.ts'
import { put, type FakeDatabase } from './fake-database.ts'

const NOTHING: QueryResult = { rows: [], affected: 0 }

interface Call {
  readonly database: FakeDatabase
  readonly name: string
  readonly argument: string
  readonly inTransaction: boolean
  readonly signal: AbortSignal | undefined
}

const existing = ({ database, name }: Call): number[] => {
  const rows = database.objects.get(name)
  if (rows === undefined) throw fakeFailure('missing', `object ${name} does not exist`)
  return rows
}

const create = ({ database, name }: Call): QueryResult => {
  if (database.objects.has(name)) throw fakeFailure('duplicate', `object ${name} already exists`)
  put(database, database.objects, name, [])
  return NOTHING
}

/** The whole language: a verb, a name, an argument. */
const verbs: Readonly<Record<string, (call: Call) => QueryResult | Promise<QueryResult>>> = {
  create,
  drop: (call) => {
    existing(call)
    put(call.database, call.database.objects, call.name, undefined)
    return NOTHING
  },
  insert: (call) => {
    const rows = existing(call)
    const value = Number(call.argument)
    if (rows.includes(value)) throw fakeFailure('constraint', `object ${call.name} already has ${value}`)
    put(call.database, call.database.objects, call.name, [...rows, value])
    return { rows: [], affected: 1 }
  },
  count: (call) => ({ rows: [{ n: existing(call).length }], affected: 0 }),
  /** Like CREATE INDEX CONCURRENTLY: refused in a transaction. */
  alone: (call) => {
    if (call.inTransaction) throw fakeFailure('other', 'alone cannot run inside a transaction')
    return create(call)
  },
  /** Fails and leaves the object behind, as a failed CREATE INDEX CONCURRENTLY leaves an INVALID index. */
  half: (call) => {
    if (call.inTransaction) throw fakeFailure('other', 'half cannot run inside a transaction')
    create({ ...call, name: `invalid_${call.name}` })
    throw fakeFailure('constraint', `half of ${call.name} was done`)
  },
  fail: ({ name, argument }) => {
    throw fakeFailure('other', `${name} ${argument}`.trim() || 'failed on request')
  },
  sleep: ({ name, signal }) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(NOTHING), Number(name))
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(fakeFailure('cancelled', 'cancelled by the client'))
      })
    }),
}

/** Runs one statement of the fake's language: `create x`, `drop x`, `insert x 1`, `count x`, `alone x`, `half x`, `fail why`, `sleep ms`. */
export async function runFakeCommand(
  database: FakeDatabase,
  sql: string,
  inTransaction: boolean,
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  const words = sql.trim().split(/\s+/)
  const [verb = '', name = '', ...rest] = words
  const run = verbs[verb]
  if (run === undefined) throw fakeFailure('syntax', `syntax error at or near "${verb}"`, sql.indexOf(verb))
  if (verb !== 'fail' && name.includes('!')) throw fakeFailure('syntax', `syntax error at or near "${name}"`, sql.indexOf(name))
  return await run({ database, name, argument: rest.join(' '), inTransaction, signal })
}
