import { pathToFileURL } from 'node:url'
import type { MigrationDefinition, SourcePosition } from '@yama/core'
import type { FileReader } from '@yama/core/files'
import { importModule } from '../config/import-module.ts'
import { cliErrors } from '../errors/errors.ts'
import { locateInStack } from './locate-in-stack.ts'

/** Migrations in TypeScript and JavaScript, made with `defineMigration`. */
export const moduleReader: FileReader = {
  extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs'],
  read: async ({ file, path, text }) => {
    const definition = await importDefinition(file, path)
    const position = { file, line: 1, column: 1 }
    const locate = (error: unknown): SourcePosition | undefined => locateInStack(error, path, file)
    const { up, down, transaction } = definition
    return {
      kind: 'code',
      id: definition.id,
      ...(definition.parents === undefined
        ? {}
        : { parents: definition.parents.map((parent) => (typeof parent === 'string' ? { id: parent } : parent)) }),
      up: [{ kind: 'code', run: up, position, locate }],
      ...(down === undefined ? {} : { down: [{ kind: 'code', run: down, position, locate }] }),
      ...(definition.needs === undefined ? {} : { needs: definition.needs }),
      ...(definition.phase === undefined ? {} : { phase: definition.phase }),
      ...(transaction === undefined ? {} : { transaction: { up: transaction, down: transaction } }),
      ...(definition.description === undefined ? {} : { metadata: { description: definition.description } }),
      meaning: { up: text.replaceAll('\r\n', '\n') },
    }
  },
}

async function importDefinition(file: string, path: string): Promise<MigrationDefinition> {
  let module: Record<string, unknown>
  try {
    module = /\.m?ts$/.test(path) ? await importModule(path) : ((await import(pathToFileURL(path).href)) as Record<string, unknown>)
  } catch (error) {
    throw cliErrors.YAMA_MIGRATION_MODULE(
      { file, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) },
      { cause: error, position: locateInStack(error, path, file) ?? { file, line: 1, column: 1 } },
    )
  }
  const value: unknown = 'default' in module ? module['default'] : module['migration']
  const isDefinition =
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'up' in value &&
    typeof value.up === 'function'
  if (!isDefinition) {
    throw cliErrors.YAMA_MIGRATION_MODULE({ file, reason: 'it does not export a migration' }, { position: { file, line: 1, column: 1 } })
  }
  return value as unknown as MigrationDefinition
}
