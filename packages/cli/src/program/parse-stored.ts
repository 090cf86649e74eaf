import type { Dialect, Migration, StoredMigration } from '@yama/core'
import { fillPlaceholders, parseSqlMigration, type PlaceholderOptions } from '@yama/core/files'

/**
 * Reads what the database keeps of a migration, so that one whose file is gone can still be reverted.
 * Undefined for a module, whose functions are not stored, and for one without a way back.
 */
export function storedReader(
  dialect: Dialect,
  placeholders: PlaceholderOptions | undefined,
): (stored: StoredMigration) => Promise<Migration | undefined> {
  return async (stored) => {
    const { row } = stored
    const read = row.kind === 'sql' ? readSql(stored, dialect) : row.kind === 'yaml' ? await readYaml(stored, dialect) : undefined
    return read === undefined ? undefined : fillPlaceholders([read], dialect.kind, placeholders)[0]
  }
}

function readSql(stored: StoredMigration, dialect: Dialect): Migration | undefined {
  const { row, body, downBody } = stored
  const alone = parseSqlMigration(body, `${row.name}.sql`, dialect)
  const parsed = alone.down === undefined ? parseSqlMigration(body, `${row.name}.sql`, dialect, downBody) : alone
  return parsed.down === undefined ? undefined : { ...parsed, ...identity(stored) }
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
