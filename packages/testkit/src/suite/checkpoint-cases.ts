import { expect, it } from 'vitest'
import { buildGraph, verifyChain, type Dialect, type Migration, type Yama } from '@yama/core'
import { sqlMigration } from '../build/sql-migration.ts'
import { runContext, UP } from './run-context.ts'
import { tableExists, type SuiteContext } from './suite-context.ts'

/** A migration that builds what others have built, in databases that have none, some and all of these. */
export function checkpointCases(context: SuiteContext): void {
  const { open, language, concurrent } = context
  const { create, drop } = language
  const { yamaOf, tables, caught } = runContext(context)

  const originals = tables(3)
  const archived = (list: readonly Migration[]): readonly Migration[] => list.map((migration) => ({ ...migration, archived: true }))
  const checkpoint = (id: string, name: string, of: readonly Migration[], up: readonly string[]): Migration => {
    const graph = buildGraph(of)
    return {
      ...sqlMigration({ id, name, parents: [], up, reversibility: 'irreversible' }),
      covers: of.map((migration) => ({ id: migration.id, link: graph.get(migration.id)?.link ?? '' })),
    }
  }
  const names = ['suite_t001', 'suite_t002', 'suite_t003']
  const first = checkpoint('m_first', '003_first', originals, names.map(create))
  const fourth = sqlMigration({ id: '004', up: create('suite_t004'), down: drop('suite_t004') })
  const link = buildGraph(originals).get('003')?.link ?? ''
  const fifth = sqlMigration({ id: 'm_5', name: '005_five', parents: [`003@${link}`], up: create('suite_t005'), down: drop('suite_t005') })
  const squashed = [first, fourth, fifth, ...archived(originals)]
  const second = checkpoint(
    'm_second',
    '005_second',
    [...originals, first, fourth, fifth],
    [...names, 'suite_t004', 'suite_t005'].map(create),
  )
  const again = [second, ...archived([first, fourth, fifth, ...originals])]

  const ids = async (yama: Yama): Promise<readonly string[]> => (await yama.apply(await yama.plan(UP))).applied
  const run = async (dialect: Dialect, migrations: readonly Migration[]): Promise<readonly string[]> => {
    await using yama = yamaOf(dialect, migrations)
    return await ids(yama)
  }
  /** Nothing is left to do, nothing is missing, and the log holds. */
  const settled = async (dialect: Dialect, migrations: readonly Migration[]): Promise<readonly string[]> => {
    await using yama = yamaOf(dialect, migrations)
    expect((await yama.plan(UP)).migrations).toEqual([])
    const { pending, missing, edited, heads } = await yama.status()
    expect([pending, missing, edited]).toEqual([[], [], []])
    expect(verifyChain(await yama.history())).toBeUndefined()
    return heads
  }

  it('a database without any of them starts from the checkpoint, and cannot be reverted past it', async () => {
    const { dialect, connect } = await open()
    expect(await run(dialect, squashed)).toEqual(['m_first', '004', 'm_5'])
    expect(await settled(dialect, squashed)).toEqual(['004', 'm_5'])
    if (concurrent) {
      const connection = await connect()
      for (const name of names) expect(await tableExists(connection, language, name)).toBe(true)
    }
    await using yama = yamaOf(dialect, squashed)
    expect((await yama.plan({ down: 2 })).migrations.map(({ node }) => node.migration.id).toSorted()).toEqual(['004', 'm_5'])
    expect(await caught(yama.plan({ down: 3 }))).toMatchObject({ code: 'YAMA_DOWN_IRREVERSIBLE', details: { id: 'm_first' } })
    expect(await caught(yama.plan({ downTo: 'base' }))).toMatchObject({ code: 'YAMA_DOWN_IRREVERSIBLE' })
  })

  it('a database with all of them adopts it, and nothing runs', async () => {
    const { dialect } = await open()
    await run(dialect, [...originals, fourth, fifth])
    {
      await using yama = yamaOf(dialect, [first, fourth, fifth])
      const plan = await yama.plan(UP)
      expect(plan.migrations.map(({ node, groups }) => [node.migration.id, groups.flatMap(({ steps }) => steps)])).toEqual([
        ['m_first', []],
      ])
      await yama.apply(plan)
      expect((await yama.history({ migrationIds: ['m_first'] })).map(({ type }) => type)).toEqual(['checkpoint.adopted'])
      expect((await yama.status()).applied.find(({ id }) => id === 'm_first')).toMatchObject({
        kind: 'checkpoint',
        covers: ['001', '002', '003'],
      })
      // It was adopted last, and yet what came after what it covers is reverted first.
      const back = await yama.plan({ down: 2 })
      expect(back.migrations.map(({ node }) => node.migration.id).toSorted()).toEqual(['004', 'm_5'])
    }
    expect(await settled(dialect, [first, fourth, fifth])).toEqual(['004', 'm_5'])
  })

  it('a database with some of them goes on from the archive, and is refused without it', async () => {
    const { dialect } = await open()
    await run(dialect, originals.slice(0, 2))
    {
      await using yama = yamaOf(dialect, [first, fourth, fifth])
      expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_CHECKPOINT_ARCHIVE', details: { done: 2, total: 3, missing: '003' } })
    }
    const applied = await run(dialect, squashed)
    expect(applied[0]).toBe('003')
    expect(applied.toSorted()).toEqual(['003', '004', 'm_5', 'm_first'])
    expect(await settled(dialect, squashed)).toEqual(['004', 'm_5'])
  })

  it('a checkpoint over a checkpoint holds for databases of every age', async () => {
    const ages: readonly (readonly (readonly Migration[])[])[] = [
      [],
      [originals.slice(0, 1)],
      [originals],
      [[...originals, fourth]],
      [[...originals, fourth, fifth]],
      [[...originals, fourth, fifth], squashed],
      [squashed],
      [[first, fourth]],
    ]
    for (const runs of ages) {
      const { dialect } = await open()
      for (const migrations of runs) await run(dialect, migrations)
      await run(dialect, again)
      expect(await settled(dialect, again)).toEqual(['m_second'])
      if (!concurrent) return
    }
  })
}
