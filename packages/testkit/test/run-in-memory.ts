import { createYama, type Dialect, type Migration, type Plugin, type Yama, type YamaConfig } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit'

export const UP = { up: 'latest' } as const
export const two = [
  sqlMigration({ id: '1', up: ['create a', 'insert a 1'], down: 'drop a' }),
  sqlMigration({ id: '2', up: 'create b', down: 'drop b' }),
]

export const yamaOf = (dialect: Dialect, migrations: readonly Migration[] = two, config: Partial<YamaConfig> = {}): Yama =>
  createYama({ dialect, sources: [memorySource(migrations)], ...config })
export const up = async (yama: Yama): Promise<readonly string[]> => (await yama.apply(await yama.plan(UP))).applied
export const failure = async (yama: Yama): Promise<unknown> => up(yama).catch((error: unknown) => error)
export const hooked = (hooks: Plugin['hooks'] & object): Partial<YamaConfig> => ({ plugins: [{ name: 'test', api: 1, hooks }] })
export const applied = async (yama: Yama): Promise<readonly string[]> => (await yama.status()).applied.map(({ id }) => id)
