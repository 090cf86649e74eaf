import type { FileReader } from '@yama/core/files'

/** Migrations in YAML. The package behind it is loaded with the first such file. */
export const yamlReader: FileReader = {
  extensions: ['.yaml', '.yml'],
  read: async (input) => (await import('@yama/source-yaml')).yamlMigrationReader.read(input),
}
