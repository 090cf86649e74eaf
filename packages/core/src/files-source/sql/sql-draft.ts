import type { TransactionMode } from '../../contract/migration.ts'
import { canonicalJson } from '../../hash/canonical-json.ts'
import { coreErrors } from '../../errors/errors.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import type { FileDialect, MigrationDraft } from '../file-reader.ts'
import { commentedRollback } from './commented-rollback.ts'
import { draftFromHeader } from './draft-from-header.ts'
import { headerFields, headerKeys } from './header-fields.ts'
import { segmentSteps } from './segment-steps.ts'
import { type Segment, sqlLayout } from './sql-layout.ts'

export interface SqlFile {
  readonly file: string
  readonly text: string
}

export interface SqlDraft {
  readonly draft: MigrationDraft
  /** True where the file has a header or markers: then its name needs no number. */
  readonly placed: boolean
  readonly problems: readonly YamaError[]
}

/** Reads one SQL migration: a file, or an up file with its down file. Never throws for what stands in the files. */
export function sqlDraft(
  up: SqlFile,
  down: SqlFile | undefined,
  name: string,
  dialect: FileDialect,
  forced?: TransactionMode,
  repeatable = false,
): SqlDraft {
  const layout = sqlLayout(up.text, up.file)
  const header = headerFields(layout.header, up.file, repeatable)
  const read = draftFromHeader(header, up.file, name)
  const problems: YamaError[] = [...layout.problems, ...read.problems]
  if (layout.marked && layout.contentBefore && segmentSteps([layout.before], 'auto', up.file, dialect, problems).steps.length > 0) {
    problems.push(coreErrors.YAMA_SOURCE_OUTSIDE({ file: up.file }, { position: { file: up.file, line: 1, column: 1 } }))
  }
  const stated = read.draft.transaction
  const forward = segmentSteps(layout.up, layout.transaction.up ?? forced ?? stated?.up ?? 'auto', up.file, dialect, problems)
  const back = downSegments(layout.down, down, problems)
  const backward = segmentSteps(
    back.segments,
    layout.transaction.down ?? back.mode ?? forced ?? stated?.down ?? 'auto',
    back.file ?? up.file,
    dialect,
    problems,
    'down',
  )
  // Other tools keep pairs complete with empty files: one without a single character says that its side does nothing.
  const noop = forward.steps.length === 0 && (hasRemark([layout.before, ...layout.up]) || (down !== undefined && up.text.trim() === ''))
  const merges = read.draft.merge !== undefined && forward.steps.length === 0
  if (forward.steps.length === 0 && !noop && !merges && problems.length === 0) {
    problems.push(coreErrors.YAMA_SOURCE_EMPTY({ file: up.file }, { position: { file: up.file, line: 1, column: 1 } }))
  }
  const rollback = commentedRollback(up.text)
  return {
    placed: header.hasId || layout.marked,
    problems,
    draft: {
      ...read.draft,
      kind: merges ? 'merge' : 'sql',
      up: forward.steps,
      ...(merges ? { meaning: { up: canonicalJson(read.draft.merge) } } : {}),
      ...(noop && !merges ? { noop } : {}),
      ...(backward.steps.length === 0 && !back.noop ? {} : { down: backward.steps }),
      transaction: { up: forward.mode, down: backward.mode },
      metadata: { ...read.draft.metadata, ...(rollback === undefined ? {} : { commentedRollback: rollback }) },
    },
  }
}

interface DownSegments {
  readonly segments: readonly Segment[]
  readonly file?: string
  readonly mode?: TransactionMode
  /** The Down section or the down file says that nothing has to be undone. */
  readonly noop: boolean
}

const headerLine = new RegExp(`^--\\s*(?:${headerKeys.join('|')}|x-[a-z-]+)\\s*:`, 'i')

const saysNothingToDo = /\bno-?op\b|\bnothing to (?:do|undo|revert)\b/i

/** A comment which is not part of the header: whoever wrote it left the file empty on purpose. */
const hasRemark = (segments: readonly Segment[]): boolean =>
  segments.some(({ text }) => text.split(/\r?\n/).some((line) => /^\s*(--|\/\*|#)\s*\w/.test(line) && !headerLine.test(line)))

/** The Down section of the file, or the down file: its own Down section, or all of it. */
const downSegments = (section: readonly Segment[] | undefined, down: SqlFile | undefined, problems: YamaError[]): DownSegments => {
  if (down === undefined) return { segments: section ?? [], noop: section?.some(({ text }) => saysNothingToDo.test(text)) ?? false }
  const layout = sqlLayout(down.text, down.file)
  // In a down file markers are not needed, and `Down` alone is no mistake.
  const sections = layout.marked ? (layout.down ?? layout.up) : layout.up
  if (!layout.marked) problems.push(...layout.problems)
  const none = headerFields(layout.header, down.file).fields.get('transaction')?.value === 'none' || layout.transaction.down === 'none'
  return {
    segments: [...(section ?? []), ...sections],
    file: down.file,
    ...(none ? { mode: 'none' } : {}),
    noop: down.text.trim() === '' || saysNothingToDo.test(down.text),
  }
}
