import type { Migration } from '../contract/migration.ts'
import type { FileDialect } from './file-reader.ts'
import { migrationFromDraft } from './migration-from-draft.ts'
import { combineProblems } from './problems.ts'
import { sqlDraft } from './sql/sql-draft.ts'

/**
 * Reads the text of one SQL migration, and of its way back where that has a text of its own; `file` is its path relative to the project and gives name and default id.
 * Throws the problem, or YAMA_SOURCE_INVALID for several; `data` lists them as diagnostics with file, line and column.
 *
 * @example parseSqlMigration('create table users (id int);', 'migrations/001_users.sql', dialect).id // '001_users'
 */
export function parseSqlMigration(text: string, file: string, dialect: FileDialect, down?: string): Migration {
  const name = (file.split('/').at(-1) ?? file).replace(/\.sql$/i, '')
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  const { draft, problems } = sqlDraft({ file, text: bare }, down === undefined ? undefined : { file, text: down }, name, dialect)
  if (problems.length > 0) throw combineProblems(problems, file)
  return migrationFromDraft(
    draft,
    { name, file, raw: text + (down ?? ''), body: bare, ...(down === undefined ? {} : { downBody: down }) },
    dialect,
  )
}
