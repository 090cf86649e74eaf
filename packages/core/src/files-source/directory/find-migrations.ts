import { join } from 'node:path'
import type { DatabaseKind } from '../../contract/dialect.ts'
import { coreErrors } from '../../errors/errors.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import type { FileReader } from '../file-reader.ts'
import { directoryEntries } from './directory-entries.ts'
import { isIgnoredDirectory, isIgnoredFile } from './ignored.ts'
import { sqlUnits } from './sql-units.ts'

/** A migration to read; paths are relative to the directory, with `/`. */
export interface MigrationFiles {
  readonly name: string
  /** The file that a reader reads; absent for SQL. */
  readonly reader?: FileReader
  readonly up: string
  readonly down?: string
  /** `migration.yaml` beside the SQL files of a migration's own directory. */
  readonly header?: string
  readonly none: boolean
  /** By its place or name: in `repeatable/`, or `R__name.sql`. */
  readonly repeatable?: true
}

export interface FoundMigrations {
  readonly migrations: readonly MigrationFiles[]
  /** Names which are none of a migration. */
  readonly unknown: readonly string[]
  readonly problems: readonly YamaError[]
}

export interface FindOptions {
  /** Absolute. */
  readonly directory: string
  /** How messages name a file of the directory. */
  readonly shown: (file: string) => string
  readonly kind: DatabaseKind
  readonly readers: readonly FileReader[]
  readonly skip: ReadonlySet<string>
}

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.')).toLowerCase()
const stemOf = (name: string): string => name.slice(0, name.lastIndexOf('.'))
/** Kinds of files that some host has a reader for. */
const readable = new Set(['.yaml', '.yml', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'])

/** Says which migrations a directory holds, from names alone. Throws what the file system throws. */
export function findMigrations(options: FindOptions): FoundMigrations {
  const { directory, kind, readers, shown, skip } = options
  const migrations: MigrationFiles[] = []
  const unknown: string[] = []
  const problems: YamaError[] = []
  const sql: string[] = []
  const entries = directoryEntries(directory)
  const directories = new Set(entries.flatMap(({ name, kind: is }) => (is === 'directory' ? [name] : NO_NAMES)))
  for (const { name, kind: is } of entries) {
    const extension = extensionOf(name)
    // SQL files are skipped as units: leaving out an up file leaves out its down file.
    if (extension !== '.sql' && (skip.has(name) || skip.has(stemOf(name)))) continue
    if (directories.has(name)) {
      const own = isIgnoredDirectory(name) ? undefined : ownDirectory(options, name)
      if (own === undefined) continue
      if ('unknown' in own) unknown.push(`${name}/`)
      else if ('problem' in own) problems.push(own.problem)
      else migrations.push(own)
      continue
    }
    if (isIgnoredFile(name)) continue
    if (is === 'other') {
      problems.push(noFile(shown(name)))
      continue
    }
    const reader = extension === '.sql' ? undefined : readers.find((each) => each.extensions.includes(extension))
    if (extension === '.sql') sql.push(name)
    else if (reader !== undefined) migrations.push({ name: stemOf(name), reader, up: name, none: false })
    else if (readable.has(extension))
      problems.push(
        coreErrors.YAMA_SOURCE_NO_READER({ file: shown(name), extension }, { position: { file: shown(name), line: 1, column: 1 } }),
      )
    else unknown.push(name)
  }
  const { units, alone } = sqlUnits([...sql, ...repeatableFiles(directory, directories)], kind)
  const isSkipped = (...names: readonly string[]): boolean => skip.size > 0 && names.some((name) => skip.has(name))
  for (const { base, up, down, none } of units) {
    if (up === undefined || isSkipped(base, up, stemOf(up))) continue
    const inOwn = up.startsWith(OWN)
    const name = inOwn && !base.startsWith(`${OWN}R__`) ? base.replace(OWN, 'R__') : base.slice(inOwn ? OWN.length : 0)
    migrations.push({ name, up, ...(down === undefined ? {} : { down }), none, ...(name.startsWith('R__') ? { repeatable: true } : {}) })
  }
  for (const name of alone) {
    if (isSkipped(name, stemOf(name), stemOf(stemOf(name)))) continue
    problems.push(coreErrors.YAMA_SOURCE_DOWN_ALONE({ file: shown(name) }, { position: { file: shown(name), line: 1, column: 1 } }))
  }
  return { migrations, unknown, problems }
}

const OWN = 'repeatable/'
const NO_NAMES: readonly string[] = Object.freeze([])

const noFile = (file: string): YamaError =>
  coreErrors.YAMA_SOURCE_READ({ file, reason: 'it is a pipe, a socket or a device' }, { position: { file, line: 1, column: 1 } })

const repeatableFiles = (directory: string, directories: ReadonlySet<string>): readonly string[] =>
  directories.has('repeatable')
    ? directoryEntries(join(directory, 'repeatable'))
        .filter(({ name, kind }) => kind !== 'other' && extensionOf(name) === '.sql' && !isIgnoredFile(name))
        .map(({ name }) => OWN + name)
    : []

/** A directory that is one migration: `up.sql` and `down.sql`, each also by database, `migration.sql`, `migration.yaml`. */
const ownDirectory = (
  { directory, kind, readers, shown }: FindOptions,
  name: string,
): MigrationFiles | { unknown: true } | { problem: YamaError } | undefined => {
  const files = directoryEntries(join(directory, name)).flatMap((entry) => (entry.kind === 'file' ? [entry.name] : NO_NAMES))
  const sql = files.filter((file) => extensionOf(file) === '.sql')
  const yaml = files.find((file) => /^migration\.ya?ml$/i.test(file))
  const inside = (file: string): string => `${name}/${file}`
  const { units } = sqlUnits(sql, kind)
  const unit = units.find(({ base }) => base === '') ?? units.find(({ base }) => base === 'migration')
  if (unit?.up !== undefined) {
    return {
      name,
      up: inside(unit.up),
      none: unit.none,
      ...(unit.down === undefined ? {} : { down: inside(unit.down) }),
      ...(yaml === undefined ? {} : { header: inside(yaml) }),
    }
  }
  const sqlOfOthers = sql.some((file) => /^(?:up|down)\b/i.test(file))
  if (yaml !== undefined && !sqlOfOthers) {
    const reader = readers.find((each) => each.extensions.includes(extensionOf(yaml)))
    if (reader !== undefined) return { name, reader, up: inside(yaml), none: false }
  }
  if (sqlOfOthers) {
    const file = shown(name)
    return {
      problem: coreErrors.YAMA_SOURCE_DIALECT(
        { file, dialect: kind, expected: `up.${kind}.sql or up.sql` },
        { position: { file, line: 1, column: 1 } },
      ),
    }
  }
  return sql.length > 0 || yaml !== undefined ? { unknown: true } : undefined
}
