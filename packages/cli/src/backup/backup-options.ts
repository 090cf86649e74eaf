import type { BackupConfig, Connection } from '@yama/core'
import type { DatabaseUrl } from '../config/parse-database-url.ts'

/** What a backup is made with. */
export interface BackupWork {
  readonly database: DatabaseUrl
  readonly connection: Connection
  /** Where it is to stand, absolute; nothing is there yet. */
  readonly path: string
  readonly config: BackupConfig
  readonly signal: AbortSignal
}

/** Makes it and says with what. Rejects with the reason as an Error. */
export type MakeBackup = (work: BackupWork) => Promise<string>
