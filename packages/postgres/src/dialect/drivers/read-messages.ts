import { serverFailure, type ServerFailure } from '../../errors/server-failure.ts'
import type { ServerNotice, WireField, WireReply, WireResult } from './wire.ts'

/** The messages of both drivers' parsers, as far as they are used; `pg-protocol` and PGlite's copy of it agree. */
export interface ErrorMessage {
  readonly message?: string
  readonly code?: string
  readonly severity?: string
  readonly detail?: string
  readonly hint?: string
  readonly position?: string
  readonly schema?: string
  readonly table?: string
  readonly constraint?: string
}
interface FieldMessage {
  readonly name: string
  readonly dataTypeID: number
}

/** The server's position is 1-based and counts characters, not UTF-16 units. */
export function offsetOf(position: string | undefined, sql: string): number | undefined {
  if (position === undefined || position === '') return undefined
  const characters = Number(position) - 1
  if (!/[\ud800-\udbff]/.test(sql)) return characters
  let offset = 0
  for (let i = 0; i < characters && offset < sql.length; i++) offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return offset
}

export function failureOf(message: ErrorMessage, sql: string): ServerFailure {
  const { code = '', severity, detail, hint, schema, table, constraint } = message
  return serverFailure(
    message.message ?? 'unknown error',
    { code, severity, detail, hint, schema, table, constraint, offset: offsetOf(message.position, sql) },
    message,
  )
}

export function noticeOf({ severity = 'NOTICE', code = '', message = '', detail, hint }: ErrorMessage): ServerNotice {
  return { severity, code, message, ...(detail === undefined ? {} : { detail }), ...(hint === undefined ? {} : { hint }) }
}

/** Collects what the server sends for one exchange. */
export class ReplyReader {
  #fields: readonly WireField[] = []
  #rows: (readonly (string | null)[])[] = []
  readonly #results: WireResult[] = []
  #failure: ServerFailure | undefined

  describe(fields: readonly FieldMessage[]): void {
    this.#fields = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
  }

  row(values: readonly (string | null)[]): void {
    this.#rows.push(values)
  }

  complete(tag: string): void {
    this.#results.push({ fields: this.#fields, rows: this.#rows, tag })
    this.#fields = []
    this.#rows = []
  }

  fail(failure: ServerFailure): void {
    this.#failure ??= failure
  }

  reply(): WireReply {
    return { results: this.#results, failure: this.#failure }
  }
}
