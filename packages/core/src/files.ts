export type { FileDialect, FileInput, FileReader, MigrationDraft } from './files-source/file-reader.ts'
export { migrationFiles, type MigrationFilesOptions } from './files-source/migration-files.ts'
export { parseSqlMigration } from './files-source/parse-sql-migration.ts'
