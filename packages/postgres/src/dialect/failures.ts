import { isBatchFailure, YamaError, type DescribedFailure, type FailureKind } from '@yama/core'
import { isServerFailure } from '../errors/server-failure.ts'
import { FENCE_LOST } from './history/fence.ts'

/** By SQLSTATE, then by its class; see Appendix A of the manual. */
const kinds: Readonly<Record<string, FailureKind>> = {
  '55P03': 'lock-timeout',
  '40P01': 'deadlock',
  '40001': 'deadlock',
  '57014': 'cancelled',
  '57P01': 'disconnected',
  '57P02': 'disconnected',
  '57P03': 'disconnected',
  '57P05': 'disconnected',
  '25P03': 'disconnected',
  '25P04': 'disconnected',
  '42P07': 'duplicate',
  '42701': 'duplicate',
  '42710': 'duplicate',
  '42723': 'duplicate',
  '42P06': 'duplicate',
  '42P04': 'duplicate',
  '42712': 'duplicate',
  '42P01': 'missing',
  '42703': 'missing',
  '42704': 'missing',
  '42883': 'missing',
  '3F000': 'missing',
  '3D000': 'missing',
  '42P02': 'missing',
  '42601': 'syntax',
  '42501': 'permission',
  '28000': 'permission',
  '28P01': 'permission',
  '25006': 'read-only',
  '53100': 'disk-full',
  '53200': 'other',
}
const classes: Readonly<Record<string, FailureKind>> = { '08': 'disconnected', '23': 'constraint' }

/** What an error of the server or the driver means. Total: describes whatever is thrown. */
export function describeFailure(error: unknown): DescribedFailure {
  if (isBatchFailure(error)) return describeFailure(error.cause)
  if (YamaError.is(error)) return { kind: 'other', message: error.message, code: error.code, hint: error.hint }
  if (isServerFailure(error)) {
    const { code, detail, hint, offset } = error
    if (code === '22P02' && error.message.includes(FENCE_LOST)) {
      return {
        kind: 'other',
        code,
        message: 'Another run has taken over the lock of this one; its transaction was refused.',
        hint: 'Run `yama status` to see what the other run has done.',
      }
    }
    return {
      kind: kinds[code] ?? classes[code.slice(0, 2)] ?? 'other',
      code,
      message: error.message,
      ...(detail === undefined ? {} : { detail }),
      ...(hint === undefined ? {} : { hint }),
      ...(offset === undefined ? {} : { offset }),
    }
  }
  if (typeof error !== 'object' || error === null) return { kind: 'other', message: String(error) }
  const { name, message, code } = error as { readonly name?: unknown; readonly message?: unknown; readonly code?: unknown }
  const text = typeof message === 'string' ? message : String(error)
  if (name === 'AbortError' || name === 'TimeoutError') return { kind: 'cancelled', message: text }
  return { kind: 'other', message: text, ...(typeof code === 'string' ? { code } : {}) }
}
