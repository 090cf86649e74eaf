import type { Diagnostic } from '../contract/diagnostic.ts'
import type { YamaError } from './yama-error.ts'

/**
 * The same finding as a diagnostic, for where it is told instead of thrown.
 *
 * @example diagnostics.push(toDiagnostic(coreErrors.YAMA_COSMETIC_EDIT({ id, file }), 'info'))
 */
export function toDiagnostic(error: YamaError, severity: Diagnostic['severity']): Diagnostic {
  const { code, message, hint, docs, position, details } = error
  return {
    code,
    severity,
    message,
    hint,
    docs,
    ...(position === undefined ? {} : { position }),
    ...(typeof details['id'] === 'string' ? { migration: details['id'] } : {}),
  }
}
