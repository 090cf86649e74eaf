import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Source } from '../contract/graph.ts'
import type { Migration } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import type { YamaError } from '../errors/yama-error.ts'
import { sortMigrations } from '../graph/sort-migrations.ts'
import { readingCache } from './cache/reading-cache.ts'
import { findMigrations, type FoundMigrations } from './directory/find-migrations.ts'
import { readMigration, type ReadMigration } from './directory/read-migration.ts'
import { unknownSkips } from './directory/unknown-skips.ts'
import type { FileDialect, FileReader } from './file-reader.ts'
import { combineProblems } from './problems.ts'

export interface MigrationFilesOptions {
  /** The directory of migrations, absolute or relative to the root. */
  readonly directory: string
  /** The project; messages name files relative to it. */
  readonly root: string
  readonly dialect: FileDialect
  /** For other kinds of files than SQL. */
  readonly readers?: readonly FileReader[]
  /** Files not to read, by file name, stem or id. */
  readonly skip?: readonly string[]
  /** Refuse a directory that is not there, instead of finding nothing in it; for runs, where a wrong path must not look like "nothing to do". */
  readonly mustExist?: boolean
  /**
   * A file that remembers what was found in SQL files which did not change since, so that they are not parsed again.
   * `version` names the program that reads. Deleting it changes nothing; a small directory gets none.
   */
  readonly cache?: { readonly file: string; readonly version: string }
}

/** Migrations in one piece: the event loop gets its turn after so many, for a server that answers, and for a signal. */
const CHUNK = 64

/**
 * The migrations of a directory: SQL with a header, with markers (`-- +migrate Up`, goose, dbmate) or plain,
 * `.up.sql`/`.down.sql` pairs, directories with `up.sql` or `up.<database>.sql`, and whatever the readers bring, mixed
 * freely. The list is in natural numeric order.
 *
 * `load` rejects with the problem, or with YAMA_SOURCE_INVALID for several: `data` lists each as a diagnostic with file,
 * line and column. Names which are none of a migration are refused with the list, YAMA_SOURCE_NAMES.
 *
 * @example
 * const source = migrationFiles({ directory: 'migrations', root: process.cwd(), dialect: sqlite({ file: 'app.db' }) })
 * const migrations = await source.load()
 */
export function migrationFiles(options: MigrationFilesOptions): Source {
  const { root, dialect } = options
  const directory = resolve(root, options.directory)
  const slashed = (path: string): string => relative(root, path).split(sep).join('/')
  const shownDirectory = slashed(directory) || '.'
  const shown = (file: string): string => (shownDirectory === '.' ? file : `${shownDirectory}/${file}`)
  const skip = new Set(options.skip)

  const load = async (signal?: AbortSignal): Promise<readonly Migration[]> => {
    signal?.throwIfAborted()
    if (options.mustExist !== true && !existsSync(directory)) return []
    const found = find()
    const { cache: kept } = options
    const cache = kept === undefined ? undefined : readingCache(kept.file, `${kept.version} ${dialect.kind}`)
    const read = { directory, shown, dialect, cache }
    const migrations: Migration[] = []
    const unknown = [...found.unknown]
    const problems: YamaError[] = [...found.problems]
    const skippedIds: string[] = []
    for (let at = 0; at < found.migrations.length; at += CHUNK) {
      const chunk = found.migrations.slice(at, at + CHUNK)
      const reading = chunk.map((files) => readMigration(files, read))
      // What is known already is no promise, and waiting for thousands that are none is felt.
      const results = reading.some(isPromise) ? await Promise.all(reading) : (reading as readonly ReadMigration[])
      for (const [i, result] of results.entries()) {
        if (result.problems.length > 0) problems.push(...result.problems)
        if (result.unplaced === true) unknown.push(chunk[i]!.up)
        else if (result.migration !== undefined) {
          if (skip.has(result.migration.id)) skippedIds.push(result.migration.id)
          else migrations.push(result.migration)
        }
      }
      await setImmediate()
      signal?.throwIfAborted()
    }
    cache?.save()
    migrations.push(...(await archived(migrations, signal)))
    if (unknown.length > 0) problems.push(unknownNames(unknown))
    problems.push(...duplicates(migrations), ...unknownSkips(skip, directory, shownDirectory, skippedIds))
    if (problems.length > 0) throw combineProblems(problems, shownDirectory)
    return Object.freeze(sortMigrations(migrations))
  }

  /** Of the archive only what a checkpoint covers is a migration still. */
  const archived = async (found: readonly Migration[], signal: AbortSignal | undefined): Promise<readonly Migration[]> => {
    const covered = new Set<string>()
    for (const { covers } of found) for (const { id } of covers ?? NOTHING) covered.add(id)
    const archive = join(directory, 'archive')
    if (covered.size === 0 || !existsSync(archive)) return []
    const { skip: _, cache: kept, ...rest } = options
    const inArchive = kept === undefined ? {} : { cache: { ...kept, file: kept.file.replace(/(\.json)?$/, '-archive.json') } }
    const originals = await migrationFiles({ ...rest, ...inArchive, directory: archive }).load(signal)
    return originals
      .filter(({ id }) => covered.has(id))
      .map((migration) => Object.freeze(Object.defineProperty(copyOf(migration), 'archived', { value: true, enumerable: true })))
  }

  const find = (): FoundMigrations => {
    try {
      return findMigrations({ directory, shown, kind: dialect.kind, readers: options.readers ?? [], skip })
    } catch (error) {
      const reason = readFailure(error)
      throw coreErrors.YAMA_SOURCE_DIRECTORY({ directory: shownDirectory, reason }, { cause: error })
    }
  }

  const unknownNames = (names: readonly string[]): YamaError => {
    const sorted = names.toSorted()
    const listed = sorted.slice(0, 10).join(', ') + (sorted.length > 10 ? `, and ${sorted.length - 10} more` : '')
    const position = { file: shown(sorted[0] ?? ''), line: 1, column: 1 }
    return coreErrors.YAMA_SOURCE_NAMES({ directory: shownDirectory, count: names.length, names: listed }, { position })
  }

  return Object.freeze({ name: `files in ${shownDirectory}`, load })
}

const isPromise = (value: unknown): boolean => value instanceof Promise

const NOTHING: NonNullable<Migration['covers']> = Object.freeze([])

/** What is read when somebody asks for it stays so. */
const copyOf = (migration: Migration): Migration => Object.defineProperties({}, Object.getOwnPropertyDescriptors(migration)) as Migration

const plainReasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a directory',
  EACCES: 'this user may not read it',
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return plainReasons[code] ?? (error instanceof Error ? error.message : String(error))
}

const duplicates = (migrations: readonly Migration[]): readonly YamaError[] => {
  const first = new Map<string, string>()
  const problems: YamaError[] = []
  for (const { id, file } of migrations) {
    const other = first.get(id)
    if (other === undefined) first.set(id, file)
    else problems.push(coreErrors.YAMA_GRAPH_DUPLICATE_ID({ id, first: other, second: file }, { position: { file, line: 1, column: 1 } }))
  }
  return problems
}
