import type { Connection, Dialect, HistoryStore, Lock, Plugin } from '@yama/core'
import type { SuiteLanguage } from './suite-language.ts'

/** What every group of cases gets. */
export interface SuiteContext {
  readonly language: SuiteLanguage
  /** False where the database takes one session only. */
  readonly concurrent: boolean
  readonly plugins: readonly Plugin[]
  /** A new, empty database; it is closed after the test. */
  open(): Promise<Opened>
}

export interface Opened {
  readonly dialect: Dialect
  connect(): Promise<Connection>
  /** A connection with its history, created. */
  prepared(): Promise<Prepared>
}

export interface Prepared {
  readonly connection: Connection
  readonly history: HistoryStore
  readonly lock: Lock
}

export const PROJECT = 'default'

/** True where counting the table's rows works, false where the server says that there is no such table; any other failure is one. */
export async function tableExists(connection: Connection, language: SuiteLanguage, name: string): Promise<boolean> {
  try {
    await connection.execute(language.count(name))
    return true
  } catch (error) {
    if (error instanceof Error && /no such table|does not exist|doesn't exist/i.test(error.message)) return false
    throw error
  }
}

export async function rowCount(connection: Connection, language: SuiteLanguage, name: string): Promise<number> {
  return Number((await connection.execute(language.count(name))).rows[0]?.['n'])
}
