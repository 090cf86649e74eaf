import { canonicalJson } from '@yama/core'
import type { FileReader, MigrationDraft } from '@yama/core/files'
import { createReport } from '../errors/report.ts'
import { sourceYamlErrors } from '../errors/errors.ts'
import { readDocuments } from '../read/read-documents.ts'
import { readHeader } from './read-header.ts'
import { readSteps } from './read-steps.ts'

/**
 * Migrations in YAML: header keys on top, then `up:` and optionally `down:`, each a list of `{ sql: … }` or
 * `{ <operation>: … }`. Rejects with YAMA_ENTITY_INVALID for invalid YAML (all places in `data`), and with
 * YAMA_MIGRATION_YAML at the place of the first other mistake.
 */
export const yamlMigrationReader: FileReader = {
  extensions: ['.yaml', '.yml'],
  read: async ({ file, text, dialect }): Promise<MigrationDraft> => {
    const report = createReport()
    const documents = readDocuments(text, file, report)
    report.throwIfAny()
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
