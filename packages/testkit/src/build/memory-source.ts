import type { Migration, Source } from '@yama/core'

/**
 * A source whose migrations are given, in any order; the list is read again at each load.
 *
 * @example createYama({ dialect, sources: [memorySource([sqlMigration({ id: '1', up: 'create t' })])] })
 */
export function memorySource(migrations: readonly Migration[]): Source {
  return { name: 'memory', load: async () => [...migrations] }
}
