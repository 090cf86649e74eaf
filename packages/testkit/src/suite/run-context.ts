import { createYama, type Dialect, type Migration, type Yama, type YamaConfig } from '@yama/core'
import { memorySource } from '../build/memory-source.ts'
import { sqlMigration } from '../build/sql-migration.ts'
import type { SuiteContext } from './suite-context.ts'

export const UP = { up: 'latest' } as const

/** What the cases of runs share. */
export interface RunContext {
  yamaOf(dialect: Dialect, migrations: readonly Migration[], config?: Partial<YamaConfig>): Yama
  /** Migrations `001`, `002`, … with a table of one row each. */
  tables(count: number): readonly Migration[]
  down(yama: Yama, count: number): Promise<readonly string[]>
  caught(work: Promise<unknown>): Promise<unknown>
  failed(dialect: Dialect): string
}

export function runContext({ language, plugins }: SuiteContext): RunContext {
  const { create, drop, insert } = language
  const yamaOf = (dialect: Dialect, migrations: readonly Migration[], config: Partial<YamaConfig> = {}): Yama =>
    createYama({
      dialect,
      sources: [memorySource(migrations)],
      toolVersion: '1.2.3',
      ...config,
      plugins: [...plugins, ...(config.plugins ?? [])],
    })

  const tables = (count: number): readonly Migration[] =>
    Array.from({ length: count }, (_, index) => {
      const id = String(index + 1).padStart(3, '0')
      return sqlMigration({ id, up: [create(`suite_t${id}`), insert(`suite_t${id}`, 1)], down: drop(`suite_t${id}`) })
    })
  const down = async (yama: Yama, count: number): Promise<readonly string[]> => {
    const plan = await yama.plan({ down: count })
    return (await yama.apply(plan, { confirm: plan.digest })).reverted
  }
  const caught = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    )
  /** Where DDL commits by itself a migration that fails after its first statement is partly done. */
  const failed = (dialect: Dialect): string => (dialect.capabilities.transactionalDdl ? 'YAMA_MIGRATION_FAILED' : 'YAMA_MIGRATION_PARTIAL')
  return { yamaOf, tables, down, caught, failed }
}
