import type { ServerFailure } from '../../errors/server-failure.ts'

/** What one statement gave: names and values of rows, or how many rows it changed. */
export interface WireResult {
  readonly fields: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  readonly affected: number
  /** The server's flags after the statement, where it said them: bit 0 is an open transaction. */
  readonly status: number | undefined
}

/** The answers of one exchange: where it failed, those of the statements before. */
export interface WireReply {
  readonly results: readonly WireResult[]
  readonly failure: ServerFailure | undefined
}

/** A session as the dialect needs it. */
export interface Wire {
  /** The text protocol: one round trip, any number of statements. Resolves with the failure, never rejects because of it. */
  query(sql: string): Promise<WireReply>
  /** Asks the server to stop what runs; resolves when it was asked. */
  cancel(): Promise<void>
  close(): Promise<void>
}
