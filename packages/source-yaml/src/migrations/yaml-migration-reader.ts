import { canonicalJson, type Diagnostic } from '@yama/core'
import type { FileReader, MigrationDraft } from '@yama/core/files'
import { createReport } from '../errors/report.ts'
import { sourceYamlErrors } from '../errors/errors.ts'
import { readDocuments } from '../read/read-documents.ts'
import { readHeader } from './read-header.ts'
import { readSteps } from './read-steps.ts'

/**
 * Migrations in YAML: header keys on top, then `up:` and optionally `down:`, each a list of `{ sql: … }` or
 * `{ <operation>: … }`. Rejects with YAMA_MIGRATION_YAML at the place of the first mistake.
 */
export const yamlMigrationReader: FileReader = {
  extensions: ['.yaml', '.yml'],
  read: async ({ file, text, dialect }): Promise<MigrationDraft> => {
    const report = createReport()
    const documents = readDocuments(text, file, report)
    // The parser is the one of entities; what it finds here is a mistake in a migration.
    const mistake = report.found.find(({ severity }) => severity === 'error')
    if (mistake !== undefined) throw sourceYamlErrors.YAMA_MIGRATION_YAML(describeMistake(file, mistake), { position: mistake.position })
    const [document, second] = documents
    if (document === undefined || second !== undefined) {
      const problem = document === undefined ? 'it is empty' : 'it has several documents'
      throw sourceYamlErrors.YAMA_MIGRATION_YAML(
        { file, problem, fix: 'Write one document with `up:`.' },
        { position: second?.at([]) ?? { file, line: 1, column: 1 } },
      )
    }
    const data = document.data as Readonly<Record<string, unknown>>
    const header = readHeader(document, data)
    if (data['up'] === undefined)
      throw sourceYamlErrors.YAMA_MIGRATION_YAML(
        { file, problem: 'it has no `up:`', fix: 'Add `up:` with a list of steps.' },
        { position: document.at([]) },
      )
    const up = readSteps(document, data['up'], 'up', dialect)
    const down = data['down'] === undefined ? undefined : readSteps(document, data['down'], 'down', dialect)
    return {
      kind: 'yaml',
      ...header,
      up,
      ...(down === undefined ? {} : { down }),
      meaning: { up: canonicalJson(data['up']), ...(down === undefined ? {} : { down: canonicalJson(data['down']) }) },
    }
  },
}

function describeMistake(
  file: string,
  { code, message, hint = '' }: Diagnostic,
): { readonly file: string; readonly problem: string; readonly fix: string } {
  if (code === 'YAMA_ENTITY_SHAPE')
    return { file, problem: 'it is not a mapping', fix: 'Write keys such as `up:`, and the steps below them.' }
  const problem = `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '')
  return { file, problem, fix: hint }
}
