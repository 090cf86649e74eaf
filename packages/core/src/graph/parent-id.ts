import type { MigrationId } from '../contract/migration.ts'

/** The id of a parent as rows record it, `id@link` or `id`. */
export function parentId(recorded: string): MigrationId {
  const at = recorded.indexOf('@')
  return at === -1 ? recorded : recorded.slice(0, at)
}
