import type { MigrationDefinition } from '../contract/migration.ts'

/**
 * Gives a TypeScript migration its types; returns it frozen.
 *
 * @example
 * export default defineMigration({
 *   id: 'm_3F7K9Q2XWB',
 *   up: async ({ connection }) => void (await connection.execute('update users set email = lower(email)')),
 * })
 */
export function defineMigration(migration: MigrationDefinition): MigrationDefinition {
  return Object.freeze({ ...migration })
}
