import type { Direction, Migration, Step, TransactionMode } from '../contract/migration.ts'
import { rawHash, semanticHash } from '../hash/semantic-hash.ts'
import { storedDown } from './stored-down.ts'
import type { FileDialect, MigrationDraft } from './file-reader.ts'
import { versionOf } from './version-of.ts'

export interface DraftOrigin {
  readonly name: string
  readonly file: string
  /** Everything that was read, for the raw hash. */
  readonly raw: string
  /** What the database keeps. */
  readonly body: string
  /** The text of the file of the way back, where it has one of its own. */
  readonly downBody?: string
}

/** The tokens of SQL steps; a step of another kind has no tokens, so the text of the file stands for it. */
const meaningOf = (
  direction: Direction,
  steps: readonly Step[] | undefined,
  draft: MigrationDraft,
  origin: DraftOrigin,
  dialect: FileDialect,
): readonly string[] | undefined => {
  const given = draft.meaning?.[direction]
  if (given !== undefined) return [given]
  return steps?.map((step) => (step.kind === 'sql' ? dialect.semanticTokens(step.text) : origin.raw.replaceAll(/\r\n?/g, '\n')))
}

/** Completes what a reader has read: defaults, hashes, name and version. The result is frozen. */
export function migrationFromDraft(draft: MigrationDraft, origin: DraftOrigin, dialect: FileDialect): Migration {
  const { name, file, raw, body } = origin
  const mode = (direction: Direction): TransactionMode => draft.transaction?.[direction] ?? 'auto'
  const transaction = { up: mode('up'), down: mode('down') }
  const phase = draft.phase ?? 'expand'
  const requires = draft.requires ?? []
  const downBody = origin.downBody ?? storedDown(draft.down)
  return Object.freeze<Migration>({
    id: draft.id ?? name,
    name,
    version: versionOf(name),
    file,
    kind: draft.kind,
    parents: draft.parents ?? [],
    phase,
    up: draft.up,
    ...(draft.down === undefined ? {} : { down: draft.down }),
    ...(draft.covers === undefined ? {} : { covers: draft.covers }),
    ...(draft.repeatable === undefined ? {} : { repeatable: draft.repeatable }),
    ...(draft.merge === undefined ? {} : { merge: draft.merge }),
    ...(draft.noop === undefined ? {} : { noop: draft.noop }),
    ...(draft.reversibility === undefined ? {} : { reversibility: draft.reversibility }),
    transaction,
    metadata: { other: {}, ...draft.metadata },
    ...(draft.state === undefined ? {} : { state: draft.state }),
    requires,
    ...(draft.needs === undefined ? {} : { needs: draft.needs }),
    ...(draft.appliesTo === undefined ? {} : { appliesTo: draft.appliesTo }),
    rawHash: rawHash(raw),
    semanticHash: semanticHash({
      up: [
        ...(meaningOf('up', draft.up, draft, origin, dialect) ?? []),
        ...(draft.covers ?? []).map(({ id, link }) => `covers ${id}@${link}`),
      ],
      down: meaningOf('down', draft.down, draft, origin, dialect),
      transaction,
      phase,
      appliesTo: draft.appliesTo,
      requires,
    }),
    body,
    ...(downBody === undefined ? {} : { downBody }),
    headerless: draft.parents === undefined,
  })
}
