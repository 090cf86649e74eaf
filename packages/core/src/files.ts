export type { FileDialect, FileInput, FileReader, MigrationDraft } from './files-source/file-reader.ts'
