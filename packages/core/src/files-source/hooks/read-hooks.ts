import { join } from 'node:path'
import type { Step, TransactionMode } from '../../contract/migration.ts'
import { closestName } from '../../errors/closest-name.ts'
import { coreErrors } from '../../errors/errors.ts'
import { YamaError } from '../../errors/yama-error.ts'
import { directoryEntries } from '../directory/directory-entries.ts'
import { sqlFileName } from '../directory/file-name.ts'
import { isIgnoredFile } from '../directory/ignored.ts'
import { readText } from '../directory/read-text.ts'
import type { FileDialect } from '../file-reader.ts'
import type { PlaceholderOptions } from '../placeholders/placeholder-options.ts'
import { fillSteps } from '../placeholders/with-placeholders.ts'
import { parseSqlMigration } from '../parse-sql-migration.ts'
import { combineProblems } from '../problems.ts'
import { hookMoment, hookNames, type HookMoment } from './hook-names.ts'

/** A hook file, read. */
export interface HookFile extends HookMoment {
  /** Relative to the project. */
  readonly file: string
  readonly steps: readonly Step[]
  readonly mode: TransactionMode
}

interface Named {
  readonly name: string
  readonly base: string
  readonly rank: number
}

/** The hook files of a directory in the order of their names. Throws what is wrong with them, all at once. */
export function readHooks(
  directory: string,
  shown: string,
  dialect: FileDialect,
  placeholders: PlaceholderOptions | undefined,
): readonly HookFile[] {
  const problems: YamaError[] = []
  const hooks: HookFile[] = []
  for (const { name, base } of hookFileNames(directory, dialect)) {
    const file = `${shown}/${name}`
    const moment = hookMoment(base.replace(/__.*$/, ''))
    if (moment === undefined) problems.push(unknownName(base, file))
    else {
      try {
        const { up, transaction } = parseSqlMigration(readText(join(directory, name), file), file, dialect)
        const steps = placeholders === undefined ? up : fillSteps(up, dialect.kind, placeholders, problems)
        hooks.push({ ...moment, file, steps, mode: transaction.up })
      } catch (error) {
        if (!YamaError.is(error)) throw error
        problems.push(error)
      }
    }
  }
  if (problems.length > 0) throw combineProblems(problems, shown)
  return hooks
}

/** One file per name: the one for this database before the one for all. */
function hookFileNames(directory: string, { kind }: FileDialect): readonly Named[] {
  const best = new Map<string, Named>()
  for (const { name, kind: is } of directoryEntries(directory)) {
    if (is === 'other' || isIgnoredFile(name)) continue
    const { base, rank = 9 } = sqlFileName(name, kind)
    if (rank !== -1 && rank <= (best.get(base)?.rank ?? 9)) best.set(base, { name, base, rank })
  }
  return [...best.values()]
}

function unknownName(base: string, file: string): YamaError {
  const name = base.replace(/__.*$/, '')
  const near = closestName(name, hookNames)
  return coreErrors.YAMA_SOURCE_HOOK_NAME(
    { file, suggestion: near === undefined ? '' : ` Did you mean ${near}.sql?`, known: hookNames.join(', ') },
    { position: { file, line: 1, column: 1 } },
  )
}
