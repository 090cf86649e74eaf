import type { Dialect, Migration, StoredMigration } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'

/**
 * Reads what the database keeps of a migration, so that one whose file is gone can still be reverted.
 * Undefined for a module, whose functions are not stored, and for a pair of files, whose rollback core reads itself.
 */
export function storedReader(dialect: Dialect): (stored: StoredMigration) => Promise<Migration | undefined> {
  return async (stored) => {
    const { row, body } = stored
    if (row.kind === 'sql') {
      const parsed = parseSqlMigration(body, `${row.name}.sql`, dialect)
      return parsed.down === undefined ? undefined : { ...parsed, ...identity(stored) }
    }
    return row.kind === 'yaml' ? readYaml(stored, dialect) : undefined
  }
}

const identity = ({ row }: StoredMigration): Pick<Migration, 'id' | 'name' | 'version' | 'file'> => ({
  id: row.id,
  name: row.name,
  version: row.version,
  file: `the history of ${row.name}`,
})

async function readYaml(stored: StoredMigration, dialect: Dialect): Promise<Migration> {
  const { yamlMigrationReader } = await import('@yama/source-yaml')
  const { row, body } = stored
  const { name, rawHash, semanticHash } = row
  const file = `${name}.yaml`
  const draft = await yamlMigrationReader.read({ file, path: file, name, text: body, dialect })
  const { kind, up, down, reversibility } = draft
  return {
    ...identity(stored),
    kind,
    up,
    ...(down === undefined ? {} : { down }),
    ...(reversibility === undefined ? {} : { reversibility }),
    parents: draft.parents ?? [],
    phase: draft.phase ?? 'expand',
    transaction: { up: 'auto', down: 'auto', ...draft.transaction },
    metadata: { other: {}, ...draft.metadata },
    requires: draft.requires ?? [],
    ...(draft.appliesTo === undefined ? {} : { appliesTo: draft.appliesTo }),
    rawHash,
    semanticHash,
    body,
    headerless: draft.parents === undefined,
  }
}
