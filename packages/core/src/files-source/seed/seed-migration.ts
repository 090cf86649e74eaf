import type { Migration, SqlStep } from '../../contract/migration.ts'
import type { FileDialect } from '../file-reader.ts'
import { migrationFromDraft } from '../migration-from-draft.ts'
import { parseSqlMigration } from '../parse-sql-migration.ts'

export interface SeedText {
  /** Path relative to the project, with `/`. */
  readonly file: string
  readonly text: string
  /** Which one it is among the seeds, from 1. */
  readonly place: number
  /** What the text stands for, where it is no SQL. */
  readonly steps?: readonly SqlStep[]
}

/**
 * A seed file as something to run: repeatable, with the id `seed:` and its path, so that the history knows what of it ran last.
 * Without `steps` the text is SQL. Throws what is wrong with the text, as `parseSqlMigration` does.
 *
 * @example seedMigration({ file: 'seed/dev/users.sql', text, place: 1 }, dialect).id // 'seed:seed/dev/users.sql'
 */
export function seedMigration({ file, text, steps, place }: SeedText, dialect: FileDialect): Migration {
  const {
    down: _,
    downBody: __,
    ...parsed
  } = steps === undefined
    ? parseSqlMigration(text, file, dialect)
    : migrationFromDraft({ kind: 'yaml', up: steps, requires: [] }, { name: file, file, raw: text, body: text }, dialect)
  return Object.freeze<Migration>({ ...parsed, id: `seed:${file}`, name: file, version: String(place), parents: [], repeatable: 'changed' })
}
