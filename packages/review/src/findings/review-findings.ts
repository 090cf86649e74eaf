import { toDiagnostic, type DatabaseKind, type DataLoss, type Diagnostic, type SourcePosition, type YamaError } from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'
import type { ReviewedMigration, ReviewedStep } from '../contract/review-document.ts'
import { lockMeaning } from './lock-meaning.ts'

export interface FindingsInput {
  readonly dialect: DatabaseKind
  readonly migrations: readonly ReviewedMigration[]
  readonly losses: readonly DataLoss[]
}

/** What a reviewer should look at: data that is lost, tables that are locked or rewritten, steps that cannot be read, no way back. */
export function reviewFindings({ dialect, migrations, losses }: FindingsInput): readonly Diagnostic[] {
  return migrations.flatMap((migration) => [
    ...losses.filter((loss) => loss.migration === migration.id).map((loss) => lossFinding(migration, loss)),
    ...once(migration.up.flatMap((step) => stepFindings(migration, step, dialect))),
    ...withoutWayBack(migration),
  ])
}

const at = (migration: ReviewedMigration, step?: ReviewedStep): { readonly position: SourcePosition } => ({
  position: { file: step?.file ?? migration.file, line: step?.line ?? 1, column: 1 },
})

const told = (error: YamaError, severity: Diagnostic['severity'], migration: ReviewedMigration, object?: string): Diagnostic => ({
  ...toDiagnostic(error, severity),
  migration: migration.id,
  ...(object === undefined ? {} : { object }),
})

function lossFinding(migration: ReviewedMigration, { loss, what }: DataLoss): Diagnostic {
  const step = migration.up.find(({ loses }) => loses !== undefined && loses === what)
  const details = { migration: migration.name, loses: loss === 'certain' ? 'loses' : 'may lose', what }
  return told(reviewErrors.YAMA_REVIEW_LOSS(details, at(migration, step)), 'warning', migration, step?.object)
}

/** A lock that several statements of a migration take is told at the first. */
const once = (findings: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...new Map(findings.toReversed().map((finding) => [`${finding.code} ${finding.message}`, finding])).values()].toReversed()

function stepFindings(migration: ReviewedMigration, step: ReviewedStep, dialect: DatabaseKind): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const place = at(migration, step)
  const { inUse: object } = step
  if (object !== undefined && step.rewrites === true)
    found.push(told(reviewErrors.YAMA_REVIEW_REWRITE({ migration: migration.name, object }, place), 'warning', migration, object))
  const waits = step.lock === undefined ? undefined : lockMeaning(dialect, step.lock)
  if (object !== undefined && step.lock !== undefined && waits !== undefined) {
    const details = { migration: migration.name, lock: step.lock, object, waits }
    found.push(told(reviewErrors.YAMA_REVIEW_LOCK(details, place), 'info', migration, object))
  }
  if (step.unread !== undefined)
    found.push(told(reviewErrors.YAMA_REVIEW_UNREAD({ migration: migration.name, why: step.unread }, place), 'info', migration))
  return found
}

function withoutWayBack(migration: ReviewedMigration): readonly Diagnostic[] {
  const { id, file, kind, down, reversibility, repeatable, up } = migration
  // The way back of operations follows from them; here they are not yet SQL.
  const follows = up.some((step) => step.kind === 'operation')
  if (follows || down !== undefined || kind === 'merge' || repeatable !== undefined || reversibility === 'irreversible' || up.length === 0)
    return []
  return [told(reviewErrors.YAMA_CHECK_NO_DOWN({ id, file }, at(migration)), 'warning', migration)]
}
