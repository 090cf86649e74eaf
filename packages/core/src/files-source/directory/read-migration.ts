import { join, sep } from 'node:path'
import type { Migration } from '../../contract/migration.ts'
import { sha256Hex } from '../../hash/sha256.ts'
import { knownFile, type MigrationPlace, type ReadTexts } from '../cache/known-file.ts'
import { knownMigration } from '../cache/known-migration.ts'
import type { ReadingCache } from '../cache/reading-cache.ts'
import { coreErrors } from '../../errors/errors.ts'
import { YamaError } from '../../errors/yama-error.ts'
import type { FileDialect, MigrationDraft } from '../file-reader.ts'
import { type DraftOrigin, migrationFromDraft } from '../migration-from-draft.ts'
import { inFile } from '../problems.ts'
import { versionOf } from '../version-of.ts'
import { sqlDraft } from '../sql/sql-draft.ts'
import { directoryHeader } from './directory-header.ts'
import { fileStamp, type FileStamp } from './file-stamp.ts'
import type { MigrationFiles } from './find-migrations.ts'
import { readText } from './read-text.ts'

export interface ReadOptions {
  readonly directory: string
  readonly shown: (file: string) => string
  readonly dialect: FileDialect
  readonly cache?: ReadingCache | undefined
}

/** The texts of the files of one SQL migration, as they were read. */
interface SqlTexts {
  readonly upRaw: string
  readonly downRaw: string
  readonly headerRaw: string
}

export interface ReadMigration {
  readonly migration?: Migration
  /** Has neither a number nor a header: nobody can say when it runs. */
  readonly unplaced?: true
  readonly problems: readonly YamaError[]
}

const NO_PROBLEMS: readonly YamaError[] = Object.freeze([])

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text)

/** Reads one migration; what is wrong with it is returned, not thrown. */
export function readMigration(files: MigrationFiles, options: ReadOptions): ReadMigration | Promise<ReadMigration> {
  const { directory, shown, dialect } = options
  const { name, reader } = files
  const file = shown(files.up)
  try {
    if (reader === undefined) return readSql(files, options)
    const path = join(directory, files.up)
    const raw = readText(path, file)
    const text = withoutMark(raw)
    return reader.read({ file, path, name, text, dialect }).then(
      (draft) => {
        const isPlaced = draft.parents !== undefined || draft.id !== undefined || versionOf(name) !== ''
        if (!isPlaced) return { unplaced: true, problems: [] }
        if (draft.up.length === 0 && draft.kind !== 'merge' && draft.noop !== true)
          return { problems: [coreErrors.YAMA_SOURCE_EMPTY({ file }, { position: { file, line: 1, column: 1 } })] }
        return { migration: migrationFromDraft(draft, { name, file, raw, body: text }, dialect), problems: [] }
      },
      (error: unknown) => ({ problems: [asProblem(error, file)] }),
    )
  } catch (error) {
    return { problems: [asProblem(error, file)] }
  }
}

const readSql = (files: MigrationFiles, options: ReadOptions): ReadMigration => {
  const { name, up, header } = files
  const { cache, shown } = options
  // The header of a directory is rare: such a migration is parsed each time.
  if (cache === undefined || header !== undefined) return parseSql(files, readTexts(files, options), options)
  const place: MigrationPlace = { name, file: shown(up), pair: files.down !== undefined }
  const stamps = stampsOf(files, options)
  const unread = cache.findUnread(place.file, stamps)
  if (unread !== undefined)
    return { migration: knownMigration(unread, place, () => textsOf(files, options, unread.key)), problems: NO_PROBLEMS }
  const texts = readTexts(files, options)
  const key = keyOf(files, texts)
  const read = withoutMarks(files, texts, shown)
  const known = cache.find(place.file, key, stamps)
  if (known !== undefined) return { migration: knownMigration(known, place, () => read), problems: [] }
  const parsed = parseSql(files, texts, options)
  const kept = parsed.migration === undefined ? undefined : knownFile(key, parsed.migration, place, read)
  if (kept !== undefined) cache.keep(place.file, kept, stamps)
  return parsed
}

// `join` would normalise what is normal already, for each of thousands of files.
const pathOf = (file: string, { directory }: ReadOptions): string => directory + sep + file

const stampsOf = ({ up, down }: MigrationFiles, options: ReadOptions): readonly FileStamp[] => {
  try {
    const stamp = fileStamp(pathOf(up, options))
    return down === undefined ? [stamp] : [stamp, fileStamp(pathOf(down, options))]
  } catch {
    // Reading says better what is wrong with it.
    return []
  }
}

const readTexts = ({ up, down, header }: MigrationFiles, options: ReadOptions): SqlTexts => {
  const text = (file: string | undefined): string => (file === undefined ? '' : readText(pathOf(file, options), options.shown(file)))
  return { upRaw: text(up), downRaw: text(down), headerRaw: text(header) }
}

// No text has a NUL in it.
const keyOf = ({ down, none }: MigrationFiles, { upRaw, downRaw }: SqlTexts): string =>
  sha256Hex([none ? 'none' : '', down ?? '', upRaw, downRaw].join('\0'))

const withoutMarks = ({ up, down }: MigrationFiles, { upRaw, downRaw }: SqlTexts, shown: ReadOptions['shown']): ReadTexts => {
  const upText = { file: shown(up), text: withoutMark(upRaw) }
  return { up: upText, down: down === undefined ? upText : { file: shown(down), text: withoutMark(downRaw) } }
}

/** The texts of a migration that was planned with; a file that was changed since is refused, for nobody saw what is in it now. */
const textsOf = (files: MigrationFiles, options: ReadOptions, key: string): ReadTexts => {
  const texts = readTexts(files, options)
  if (keyOf(files, texts) === key) return withoutMarks(files, texts, options.shown)
  const file = options.shown(files.up)
  throw coreErrors.YAMA_SOURCE_READ({ file, reason: 'it changed while it was being used' }, { position: { file, line: 1, column: 1 } })
}

const parseSql = (files: MigrationFiles, { upRaw, downRaw, headerRaw }: SqlTexts, { shown, dialect }: ReadOptions): ReadMigration => {
  const { name, up, down, header, none } = files
  const file = shown(up)
  const upText = withoutMark(upRaw)
  const fields = directoryHeader(headerRaw)
  // The header of a directory counts as the top of its up file; blank lines of it would move every position.
  const draftHeader =
    fields === ''
      ? undefined
      : sqlDraft({ file: shown(header ?? up), text: `${fields}-- +migrate Up\nselect 1;` }, undefined, name, dialect)
  const read = sqlDraft(
    { file, text: upText },
    down === undefined ? undefined : { file: shown(down), text: withoutMark(downRaw) },
    name,
    dialect,
    none ? 'none' : draftHeader?.draft.transaction?.up,
    files.repeatable,
  )
  const problems = [...(draftHeader?.problems ?? []), ...read.problems]
  if (problems.length > 0) return { problems }
  const { up: _, down: __, transaction: ___, metadata, ...stated } = draftHeader?.draft ?? { up: [], metadata: {} }
  const draft = { ...read.draft, ...stated, metadata: { ...read.draft.metadata, ...metadata } }
  const origin = {
    name,
    file,
    raw: upRaw + downRaw + headerRaw,
    body: fields + upText,
    ...(down === undefined ? {} : { downBody: withoutMark(downRaw) }),
  }
  const repeatable = draft.repeatable ?? (files.repeatable === true ? 'changed' : undefined)
  if (repeatable !== undefined) return repeated({ ...draft, repeatable }, origin, dialect)
  if (!read.placed && draftHeader?.draft.id === undefined && versionOf(name) === '') return { unplaced: true, problems }
  return { migration: migrationFromDraft(draft, origin, dialect), problems }
}

/** What runs again and again has no place among the others, and no way back. */
const repeated = (draft: MigrationDraft, origin: DraftOrigin, dialect: FileDialect): ReadMigration => {
  const what = draft.down === undefined ? (draft.parents === undefined ? undefined : 'parents') : 'a way back'
  const { file } = origin
  if (what !== undefined)
    return { problems: [coreErrors.YAMA_SOURCE_REPEATABLE({ file, what }, { position: { file, line: 1, column: 1 } })] }
  return { migration: migrationFromDraft(draft, origin, dialect), problems: [] }
}

const asProblem = (error: unknown, file: string): YamaError =>
  YamaError.is(error)
    ? inFile(error, file)
    : coreErrors.YAMA_SOURCE_READ(
        { file, reason: error instanceof Error ? error.message : String(error) },
        { cause: error, position: { file, line: 1, column: 1 } },
      )
