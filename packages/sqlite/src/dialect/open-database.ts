import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { sqliteErrors } from '../errors/errors.ts'
import { DRIVER_BUSY_MS, whileBusy } from './busy.ts'
import type { SqliteTarget } from './parse-url.ts'

export type Database = BetterSqlite3.Database
export type Statement = BetterSqlite3.Statement<unknown[]>
export type OpenOptions = SqliteTarget & {
  readonly foreignKeys: boolean
  /** A process that creates the tables or commits a large transaction keeps every other one out for a moment. */
  readonly busyTimeoutMs: number
}

export interface OpenedDatabase {
  readonly database: Database
  readonly readOnly: boolean
  /** Of SQLite, `3.53.2`. */
  readonly version: string
}

/** Opens the file, creating it where it is missing. Rejects with YAMA_SQLITE_DRIVER_MISSING or a YAMA_CONNECT_SQLITE_… code. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  const Driver = await loadDriver()
  const { file, busyTimeoutMs } = options
  const memory = file === ':memory:'
  if (!memory && !(await allowed(dirname(file), constants.F_OK))) {
    throw sqliteErrors.YAMA_CONNECT_SQLITE_DIRECTORY({ directory: dirname(file), file })
  }
  const readOnly = options.readOnly || (!memory && (await allowed(file, constants.F_OK)) && !(await allowed(file, constants.W_OK)))
  let database: Database | undefined
  try {
    database = new Driver(file, { readonly: readOnly, timeout: DRIVER_BUSY_MS })
    // The first read of the header is what finds a file that is no database.
    const opened = database
    await whileBusy(busyTimeoutMs, () => opened.pragma('schema_version'))
    // To prepare any statement the schema is read, and another process may be writing it.
    const version = await whileBusy(busyTimeoutMs, () => String(opened.prepare('SELECT sqlite_version()').pluck().get()))
    database.pragma(`foreign_keys = ${options.foreignKeys ? 'ON' : 'OFF'}`)
    return { database, readOnly, version }
  } catch (error) {
    database?.close()
    throw openFailure(file, error)
  }
}

async function loadDriver(): Promise<typeof BetterSqlite3> {
  try {
    return (await import('better-sqlite3')).default
  } catch (cause) {
    throw sqliteErrors.YAMA_SQLITE_DRIVER_MISSING({ reason: cause instanceof Error ? firstLine(cause.message) : String(cause) }, { cause })
  }
}

function openFailure(file: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'SQLITE_NOTADB') return sqliteErrors.YAMA_CONNECT_SQLITE_NOT_A_DATABASE({ file }, { cause })
  if (code === 'SQLITE_PERM' || code === 'EACCES') return sqliteErrors.YAMA_CONNECT_SQLITE_PERMISSION({ file }, { cause })
  if (code.startsWith('SQLITE_BUSY')) return sqliteErrors.YAMA_CONNECT_SQLITE_BUSY({ file }, { cause })
  return sqliteErrors.YAMA_CONNECT_SQLITE_OPEN(
    { file, reason: cause instanceof Error ? firstLine(cause.message) : String(cause) },
    { cause },
  )
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.replace(/\.$/, '') ?? text

async function allowed(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  )
}
