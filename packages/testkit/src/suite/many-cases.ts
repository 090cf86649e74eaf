import { expect, it } from 'vitest'
import { createYama, verifyChain, type Dialect, type Migration, type RunEvent, type Yama } from '@yama/core'
import { memorySource } from '../build/memory-source.ts'
import { sqlMigration } from '../build/sql-migration.ts'
import type { SuiteContext } from './suite-context.ts'

const UP = { up: 'latest' } as const
const COUNT = 40
const BROKEN = 27

/** Many quick migrations, which a driver may send together: each is committed by itself all the same. */
export function manyCases({ open, language, plugins }: SuiteContext): void {
  const { create, insert, syntax } = language
  const idOf = (index: number): string => String(index + 1).padStart(3, '0')
  const tables = (broken?: readonly string[]): readonly Migration[] =>
    Array.from({ length: COUNT }, (_, index) => {
      const id = idOf(index)
      const up = [create(`suite_m${id}`), insert(`suite_m${id}`, 1)]
      return sqlMigration({ id, up: index === BROKEN && broken !== undefined ? broken : up })
    })
  const yamaOf = (dialect: Dialect, migrations: readonly Migration[], events: RunEvent[] = []): Yama => {
    const watcher = { name: 'watcher', api: 1, hooks: { event: (event: RunEvent) => void events.push(event) } } as const
    return createYama({ dialect, sources: [memorySource(migrations)], plugins: [...plugins, watcher] })
  }
  const before = Array.from({ length: BROKEN }, (_, index) => idOf(index))

  it.each([
    ['runs into a table that is there', [create('suite_m003')], 1],
    ['cannot be read', [syntax.text], 1],
    ['fails in its second statement', [insert('suite_m001', 2), create('suite_m003')], 2],
  ])('keeps what ran before one of many that %s, and goes on when it is corrected', async (_, broken, line) => {
    const { dialect } = await open()
    const events: RunEvent[] = []
    {
      await using yama = yamaOf(dialect, tables(broken), events)
      const failure = await yama.apply(await yama.plan(UP)).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ details: { id: idOf(BROKEN), done: BROKEN }, position: { line } })
      const { applied, history } = await yama.status()
      expect(applied.filter(({ status }) => status === 'applied').map(({ id }) => id)).toEqual(before)
      expect(verifyChain(await yama.history())).toBeUndefined()
      expect(history.chainSeq).toBe((await yama.history()).length)
    }
    const seen = events.filter((event) => event.type === 'migration:started' || event.type === 'migration:finished')
    expect(seen.map((event) => `${event.type} ${event.id}`)).toEqual([
      ...before.flatMap((id) => [`migration:started ${id}`, `migration:finished ${id}`]),
      `migration:started ${idOf(BROKEN)}`,
    ])
    if (!dialect.capabilities.transactionalDdl) return
    await using yama = yamaOf(dialect, tables())
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(Array.from({ length: COUNT - BROKEN }, (__, at) => idOf(BROKEN + at)))
    const { applied } = await yama.status()
    expect(applied).toHaveLength(COUNT)
    expect(applied.every(({ durationMs }) => Number.isInteger(durationMs) && durationMs >= 0)).toBe(true)
  })
}
