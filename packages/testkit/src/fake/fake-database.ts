import type { EventRow, MigrationRow, SnapshotRow, StepRow } from '@yama/core'

/** History of one project. */
export interface FakeHistory {
  readonly meta: Map<string, string>
  readonly migrations: Map<string, MigrationRow>
  readonly events: EventRow[]
  readonly steps: Map<string, StepRow>
  snapshot: SnapshotRow | undefined
}

/** A database in memory: named objects with rows, history tables, locks, and one open transaction at a time. */
export interface FakeDatabase {
  readonly objects: Map<string, number[]>
  readonly histories: Map<string, FakeHistory>
  readonly fences: Map<string, number>
  readonly locks: Map<string, { readonly token: number; readonly owner: symbol; readonly since: string }>
  /** Owner and undo log of the open transaction. */
  transaction: { readonly owner: symbol; readonly undo: (() => void)[] } | undefined
  /** Resolves when the database is free for this session. */
  free(owner: symbol): Promise<void>
  wake(): void
}

export function createFakeDatabase(): FakeDatabase {
  const waiting: (() => void)[] = []
  const database: FakeDatabase = {
    objects: new Map(),
    histories: new Map(),
    fences: new Map(),
    locks: new Map(),
    transaction: undefined,
    free: async (owner) => {
      while (database.transaction !== undefined && database.transaction.owner !== owner) {
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    wake: () => {
      for (const resume of waiting.splice(0)) resume()
    },
  }
  return database
}

/** Changes a map and remembers how to change it back. */
export function put<K, V>(database: FakeDatabase, map: Map<K, V>, key: K, value: V | undefined): void {
  const before = map.get(key)
  const had = map.has(key)
  if (value === undefined) map.delete(key)
  else map.set(key, value)
  database.transaction?.undo.push(() => {
    if (had) map.set(key, before as V)
    else map.delete(key)
  })
}
