import type { HistoryState, MigrationRow } from '@yama/core'
import type { HandChange } from '../contract/review-document.ts'
import { reviewErrors } from '../errors/errors.ts'

/** Which migrations an environment has applied, as `yama state export` writes it. No text of a migration is in it. */
export interface ExportedState {
  readonly format: 1
  readonly environment: string
  readonly project: string
  readonly databaseId: string
  readonly exportedAt: string
  readonly migrations: readonly MigrationRow[]
  /** What was changed by hand, where it was looked for: names, and no definition. */
  readonly drift?: readonly HandChange[]
}

/** What is exported of a history. */
export function exportState(
  state: HistoryState,
  names: { readonly environment: string; readonly project: string },
  drift?: readonly HandChange[],
): ExportedState {
  return {
    ...{ format: 1, ...names, databaseId: state.databaseId, exportedAt: state.now },
    migrations: state.migrations.map(withoutTexts),
    ...(drift === undefined ? {} : { drift: drift.map(({ id, object, origin, managed }) => ({ id, object, origin, managed })) }),
  }
}

const withoutTexts = ({ body: _, downBody: __, ...row }: MigrationRow): MigrationRow => row

/** Reads it back as a history. Throws YAMA_CHECK_STATE. */
export function readExportedState(text: string, file: string): ExportedState & { readonly history: HistoryState } {
  let parsed: Partial<ExportedState>
  try {
    parsed = JSON.parse(text) as Partial<ExportedState>
  } catch (error) {
    throw reviewErrors.YAMA_CHECK_STATE({ file, reason: 'it is no JSON' }, { cause: error })
  }
  const { format, environment, project, databaseId, exportedAt, migrations, drift } = parsed
  if (
    format !== 1 ||
    !Array.isArray(migrations) ||
    (drift !== undefined && !Array.isArray(drift)) ||
    environment === undefined ||
    project === undefined ||
    databaseId === undefined ||
    exportedAt === undefined
  )
    throw reviewErrors.YAMA_CHECK_STATE({ file, reason: 'it is not what `yama state export` writes' })
  const history: HistoryState = {
    exists: true,
    databaseId,
    environment,
    format: 1,
    chainSeq: 0,
    chainHead: '',
    now: exportedAt,
    migrations,
    openSteps: [],
  }
  return { format, environment, project, databaseId, exportedAt, migrations, history, ...(drift === undefined ? {} : { drift }) }
}
