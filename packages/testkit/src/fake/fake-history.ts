import { CHAIN_START, HISTORY_FORMAT, type Command, type HistoryState, type HistoryStore, type HistoryWrite } from '@yama/core'
import { fakeFailure } from './fake-failure.ts'
import { put, type FakeDatabase, type FakeHistory } from './fake-database.ts'

export const WRITE = 'history.write'
export const FENCE = 'history.fence'

const empty = (): HistoryState => ({
  exists: false,
  databaseId: '',
  environment: undefined,
  format: HISTORY_FORMAT,
  chainSeq: 0,
  chainHead: CHAIN_START,
  now: new Date().toISOString(),
  migrations: [],
  openSteps: [],
})

/** Applies a command made by `encode` or `fence`; undefined where it is none of them. */
export function runHistoryCommand(database: FakeDatabase, { sql, parameters = [] }: Command): true | undefined {
  const [project, content] = parameters as [string, string]
  if (sql === FENCE) {
    if (String(database.fences.get(project)) !== content) throw fakeFailure('other', `fence ${content} of ${project} is stale`)
    return true
  }
  if (sql !== WRITE) return undefined
  const history = database.histories.get(project)
  if (history === undefined) throw fakeFailure('missing', `project ${project} has no history`)
  write(database, history, JSON.parse(content) as HistoryWrite)
  return true
}

function write(database: FakeDatabase, history: FakeHistory, entry: HistoryWrite): void {
  switch (entry.write) {
    case 'migration':
      return put(database, history.migrations, entry.row.id, entry.row)
    case 'migration-status': {
      const row = history.migrations.get(entry.id)
      return row === undefined ? undefined : put(database, history.migrations, entry.id, { ...row, ...entry.fields, status: entry.status })
    }
    case 'durations':
      for (const [id, durationMs] of entry.ms) {
        const row = history.migrations.get(id)
        if (row !== undefined) put(database, history.migrations, id, { ...row, durationMs })
      }
      return
    case 'event':
      if (history.events.length !== entry.row.seq - 1) throw fakeFailure('constraint', `event ${entry.row.seq} exists`)
      history.events.push(entry.row)
      database.transaction?.undo.push(() => history.events.pop())
      return
    case 'step': {
      const { migrationId, attempt, n } = entry.row
      return put(database, history.steps, `${migrationId} ${attempt} ${n}`, entry.row)
    }
    case 'meta':
      return put(database, history.meta, entry.key === 'db_uuid' ? 'database_id' : entry.key, entry.value)
    case 'snapshot': {
      const before = history.snapshot
      database.transaction?.undo.push(() => (history.snapshot = before))
      history.snapshot = entry.row
    }
  }
}

export function createFakeHistory(database: FakeDatabase, project: string, free: () => Promise<void>): HistoryStore {
  const history = async (): Promise<FakeHistory | undefined> => {
    await free()
    return database.histories.get(project)
  }
  const store: HistoryStore = {
    ensure: async () => {
      if ((await history()) !== undefined) return
      const meta = new Map([
        ['database_id', crypto.randomUUID()],
        ['format', String(HISTORY_FORMAT)],
      ])
      put(database, database.histories, project, { meta, migrations: new Map(), events: [], steps: new Map(), snapshot: undefined })
    },
    read: async () => {
      const found = await history()
      if (found === undefined) return empty()
      const last = found.events.at(-1)
      return {
        ...empty(),
        exists: true,
        databaseId: found.meta.get('database_id') ?? '',
        environment: found.meta.get('environment'),
        format: Number(found.meta.get('format')),
        chainSeq: last?.seq ?? 0,
        chainHead: last?.hash ?? CHAIN_START,
        meta: Object.fromEntries(found.meta),
        migrations: [...found.migrations.values()].map(({ body: _, downBody: __, ...row }) => row),
        openSteps: [...found.steps.values()].filter((step) => step.state === 'intent' || step.state === 'failed'),
      }
    },
    head: async () => await store.read(),
    applied: async () => {
      const rows = [...((await history())?.migrations.values() ?? [])]
      return new Set(rows.flatMap(({ id, status }) => (status === 'applied' ? [id] : [])))
    },
    events: async ({ migrationIds, limit, after } = {}) => {
      const events =
        (await history())?.events.filter(
          ({ migrationId }) => migrationIds === undefined || (migrationId !== undefined && migrationIds.includes(migrationId)),
        ) ?? []
      if (after !== undefined) return events.filter(({ seq }) => seq > after).slice(0, limit)
      return limit === undefined ? events : events.slice(-limit)
    },
    steps: async (ids) => [...((await history())?.steps.values() ?? [])].filter((step) => ids.includes(step.migrationId)),
    body: async (id) => {
      const row = (await history())?.migrations.get(id)
      return row?.body === undefined ? undefined : { body: row.body, ...(row.downBody === undefined ? {} : { downBody: row.downBody }) }
    },
    snapshot: async () => (await history())?.snapshot,
    encode: (writes) => writes.map((entry) => ({ sql: WRITE, parameters: [project, JSON.stringify(entry)] })),
    fence: (token) => ({ sql: FENCE, parameters: [project, String(token)] }),
  }
  return store
}
