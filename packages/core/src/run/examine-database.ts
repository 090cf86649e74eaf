import type { Connection, Dialect, SchemaDefect } from '../contract/dialect.ts'
import type { Diagnostic } from '../contract/diagnostic.ts'
import type { HistoryHead } from '../contract/history.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'

const codes = {
  'invalid-index': [coreErrors.YAMA_VERIFY_INDEX, 'error'],
  // Meant between two steps of an online change, so it does not fail a deployment.
  'unvalidated-constraint': [coreErrors.YAMA_VERIFY_CONSTRAINT, 'warning'],
  'broken-reference': [coreErrors.YAMA_VERIFY_REFERENCE, 'error'],
  damaged: [coreErrors.YAMA_VERIFY_DAMAGED, 'error'],
} as const satisfies Record<SchemaDefect['kind'], readonly [unknown, Diagnostic['severity']]>

/** What the database itself tells after a run: something half-done, or a log that does not end where it should. */
export async function examineDatabase(
  dialect: Dialect,
  connection: Connection,
  state: HistoryHead,
  options: { readonly deep: boolean },
): Promise<readonly Diagnostic[]> {
  const defects = (await dialect.examine?.(connection, options)) ?? []
  const found = defects.map(({ kind, object, detail }): Diagnostic => {
    const [factory, severity] = codes[kind]
    return { ...toDiagnostic(factory({ object, detail }), severity), object }
  })
  const recorded = state.meta?.['chain_head']
  const last = `${state.chainSeq}:${state.chainHead}`
  if (recorded === undefined || recorded === last) return found
  const [from, to] = [recorded, last].map((text) => text.slice(0, text.indexOf(':') + 9))
  return [...found, toDiagnostic(coreErrors.YAMA_VERIFY_HEAD({ recorded: from ?? '', last: to ?? '' }), 'error')]
}
