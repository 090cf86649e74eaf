import { join } from 'node:path'
import type { Migration } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'
import { YamaError } from '../../errors/yama-error.ts'
import type { FileDialect } from '../file-reader.ts'
import { migrationFromDraft } from '../migration-from-draft.ts'
import { inFile } from '../problems.ts'
import { versionOf } from '../version-of.ts'
import { sqlDraft } from '../sql/sql-draft.ts'
import { directoryHeader } from './directory-header.ts'
import type { MigrationFiles } from './find-migrations.ts'
import { readText } from './read-text.ts'

export interface ReadOptions {
  readonly directory: string
  readonly shown: (file: string) => string
  readonly dialect: FileDialect
}

export interface ReadMigration {
  readonly migration?: Migration
  /** Has neither a number nor a header: nobody can say when it runs. */
  readonly unplaced?: true
  readonly problems: readonly YamaError[]
}

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

const readSql = ({ name, up, down, header, none }: MigrationFiles, { directory, shown, dialect }: ReadOptions): ReadMigration => {
  const text = (file: string | undefined): string => (file === undefined ? '' : readText(join(directory, file), shown(file)))
  const [upRaw, downRaw, headerRaw] = [text(up), text(down), text(header)]
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
  )
  const problems = [...(draftHeader?.problems ?? []), ...read.problems]
  if (problems.length > 0) return { problems }
  if (!read.placed && draftHeader?.draft.id === undefined && versionOf(name) === '') return { unplaced: true, problems }
  const { up: _, down: __, transaction: ___, metadata, ...stated } = draftHeader?.draft ?? { up: [], metadata: {} }
  const draft = { ...read.draft, ...stated, metadata: { ...read.draft.metadata, ...metadata } }
  return {
    migration: migrationFromDraft(draft, { name, file, raw: upRaw + downRaw + headerRaw, body: fields + upText }, dialect),
    problems,
  }
}

const asProblem = (error: unknown, file: string): YamaError =>
  YamaError.is(error)
    ? inFile(error, file)
    : coreErrors.YAMA_SOURCE_READ(
        { file, reason: error instanceof Error ? error.message : String(error) },
        { cause: error, position: { file, line: 1, column: 1 } },
      )
