import { batchFailure, type Command } from '@yama/core'
import { serverFailure, type ServerFailure } from '../../errors/server-failure.ts'
import type { Wire } from '../drivers/wire.ts'
import { toText } from '../values/to-text.ts'

/** `untranslatable_character`, `character_not_in_repertoire`: the encoding of the database has no such character (manual, 24.3.4). */
const UNREADABLE = new Set(['22P05', '22021'])
const BYTES = /(?:\b0x[0-9a-f]{2}[ ,]?)+/i

/** Whether a message was refused before anything of it was read. */
export const isUnreadable = (failure: ServerFailure, results: readonly unknown[]): boolean =>
  results.length === 0 && UNREADABLE.has(failure.code)

/**
 * The command of a refused message whose text the server cannot take, and where in it; undefined where each of them can be taken. They are shown to the
 * server one by one behind the beginning of a comment that does not end, so that none is run.
 */
export async function unreadableCommand(wire: Wire, commands: readonly Command[]): Promise<Error | undefined> {
  for (const [index, { sql, parameters = [] }] of commands.entries()) {
    const text = [sql, ...parameters.map((value) => toText(value) ?? '')].join(' ')
    if (/^[\0-\x7F]*$/.test(text)) continue
    const { failure } = await wire.simple(`/*${text}`)
    if (failure !== undefined && UNREADABLE.has(failure.code)) return batchFailure(index, withPlace(failure, sql))
  }
  return undefined
}

/** The server names the bytes, and no place. */
export function withPlace(failure: ServerFailure, sql: string): ServerFailure {
  const bytes = BYTES.exec(failure.message)?.[0].match(/[0-9a-f]{2}(?=[ ,]|$)/gi) ?? []
  const offset = bytes.length === 0 ? -1 : sql.indexOf(Buffer.from(bytes.join(''), 'hex').toString('utf8'))
  if (offset < 0) return failure
  const { message, code, severity, detail, hint, cause } = failure
  return serverFailure(message, { code, severity, detail, hint, offset }, cause)
}
