import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

// The driver is the command's dependency, not the repository's.
const require = createRequire(join(resolve(import.meta.dirname, '..', '..'), 'packages', 'sqlite', 'package.json'))
interface Database {
  exec(sql: string): void
  prepare(sql: string): { all(): readonly Record<string, unknown>[] }
  close(): void
}
const Database = require('better-sqlite3') as new (file: string) => Database

/** Runs SQL on a file behind the command's back. */
export function onFile(file: string, sql: string): void {
  const database = new Database(file)
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}

export function rowsOf(file: string, sql: string): readonly Record<string, unknown>[] {
  const database = new Database(file)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

/** Keeps every other process out of a file, readers too, until it is disposed. */
export const lockFile = (file: string): Disposable => hold(file, 'EXCLUSIVE')

/** Holds the write lock of a file until it is disposed; others may read. */
export const holdWriteLock = (file: string): Disposable => hold(file, 'IMMEDIATE')

function hold(file: string, mode: 'EXCLUSIVE' | 'IMMEDIATE'): Disposable {
  const database = new Database(file)
  database.exec(`BEGIN ${mode}`)
  return { [Symbol.dispose]: () => database.close() }
}
