import { commitGroups, type Dialect, type Direction, type Migration, type PlannedStep, type Step } from '@yama/core'
import type { ReviewedMigration, ReviewedStep } from '../contract/review-document.ts'
import type { ChangedMigration } from './changed-migrations.ts'
import { maskSecrets, maskUrls } from './mask-secrets.ts'
import { reasonAbove } from './reason-above.ts'

/** What other parts of a review know of a statement. */
export interface KnownOfStatements {
  /** Why it cannot be told what it reads and writes. */
  unread(sql: string): string | undefined
  /** The table among those it touches that is there before the change; `object` is what it names first. */
  inUse(sql: string, object: string | undefined): string | undefined
}

/** One migration for a reviewer: each statement with what is known of it, up and down. Secrets are taken out. */
export function reviewMigration({ migration, change }: ChangedMigration, dialect: Dialect, known: KnownOfStatements): ReviewedMigration {
  const { id, name, file, kind, phase, repeatable, metadata, reversibility } = migration
  const reviewed = (direction: Direction, steps: readonly Step[]): readonly ReviewedStep[] =>
    commitGroups(migration, direction, steps, dialect).flatMap((group) =>
      group.steps.map((step) => reviewStep(step, { migration, direction, dialect, transactional: group.transactional, known })),
    )
  return {
    id,
    name,
    file,
    kind,
    change,
    phase,
    ...(repeatable === undefined ? {} : { repeatable }),
    ...(metadata.description === undefined ? {} : { description: maskUrls(metadata.description) }),
    ...(metadata.author === undefined ? {} : { author: metadata.author }),
    ...(metadata.ticket === undefined ? {} : { ticket: metadata.ticket }),
    ...(reversibility === undefined ? {} : { reversibility }),
    wayBack: wayBack(migration),
    up: reviewed('up', migration.up),
    ...(migration.down === undefined ? {} : { down: reviewed('down', migration.down) }),
  }
}

function wayBack({ kind, repeatable, reversibility, up, down, metadata }: Migration): string {
  if (kind === 'merge') return 'it runs nothing'
  if (repeatable !== undefined) return 'none: it is repeatable, and the version before is run again'
  if (reversibility === 'lossless') return 'lossless: what is there now comes back'
  if (reversibility === 'lossy') return 'lossy: the schema comes back, the data that Up removes does not'
  if (reversibility === 'irreversible') return 'irreversible: there is none'
  if (down !== undefined) return down.length === 0 ? 'an empty Down' : 'as written in its Down'
  if (up.some((step) => (step.kind as string) === 'operation')) return 'follows from its operations'
  return metadata.commentedRollback === undefined ? 'none' : 'in comments'
}

interface StepPlace {
  readonly migration: Migration
  readonly direction: Direction
  readonly dialect: Dialect
  readonly transactional: boolean
  readonly known: KnownOfStatements
}

function reviewStep({ step, effect }: PlannedStep, { migration, direction, dialect, transactional, known }: StepPlace): ReviewedStep {
  const kind: string = step.kind
  const position = 'position' in step ? step.position : undefined
  const place = position === undefined ? {} : { file: position.file, line: position.line }
  if (step.kind !== 'sql')
    return { kind, ...place, verb: kind, loss: 'none', transactional, unread: `a step of the kind ${kind} has no SQL` }
  const reason = reasonAbove(migration, step)
  const why = known.unread(step.text)
  const inUse = effect === undefined ? undefined : known.inUse(step.text, effect.object)
  const stated = direction === 'up' ? migration.reversibility : undefined
  return {
    kind,
    ...place,
    sql: maskSecrets(step.text, dialect.kind),
    ...(reason === undefined ? {} : { reason: maskUrls(reason) }),
    verb: effect?.verb ?? '',
    ...(effect?.object === undefined ? {} : { object: effect.object }),
    ...(inUse === undefined ? {} : { inUse }),
    ...(effect?.lock === undefined ? {} : { lock: effect.lock }),
    ...(effect?.rewrites === undefined ? {} : { rewrites: effect.rewrites }),
    loss: effect?.loss ?? 'none',
    ...(effect?.loses === undefined ? {} : { loses: effect.loses }),
    // Where a whole is lossy, its statements that lose nothing can still be undone without loss.
    ...(stated === undefined || effect?.class !== 'ddl'
      ? {}
      : { reversibility: effect.loss === 'none' && stated === 'lossy' ? ('lossless' as const) : stated }),
    transactional,
    ...(why === undefined ? {} : { unread: why }),
  }
}
