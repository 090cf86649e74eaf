import type { ServerFailure } from '../../errors/server-failure.ts'

export interface WireField {
  readonly name: string
  /** Oid of the type. */
  readonly type: number
}
/** What one statement gave: values as the server prints them. */
export interface WireResult {
  readonly fields: readonly WireField[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** Command tag, `INSERT 0 2`. */
  readonly tag: string
}
/** Finished statements in order, and the failure that ended the rest. */
export interface WireReply {
  readonly results: readonly WireResult[]
  readonly failure: ServerFailure | undefined
}

/** A session as the dialect needs it: the two protocols, cancelling, closing. Everything else is the same for every driver. */
export interface Wire {
  /** Simple protocol: any number of statements in one round trip. Resolves with the failure, never rejects because of it. */
  simple(sql: string): Promise<WireReply>
  /** Extended protocol: one statement with parameters as text. */
  extended(sql: string, parameters: readonly (string | null)[]): Promise<WireReply>
  /** Asks the server to stop what runs; resolves when it was asked. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** A warning or notice of the server. */
export interface ServerNotice {
  readonly severity: string
  readonly code: string
  readonly message: string
  readonly detail?: string
  readonly hint?: string
}
