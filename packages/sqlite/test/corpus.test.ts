import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Connection } from '@yama/core'
import { difference, factBase, stateHash } from '@yama/schema'
import { observe } from './observe.ts'
import { corpusSets, historySets, readSql } from './corpus-sets.ts'
import { change, dialect, facts, run } from './open-memory.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('packages/sqlite/test/corpus.test.ts: skipped, YAMA_CORPUS_DIR is not set')

/** Loads what the engine takes, file by file; names what it refuses. */
async function loadFiles(files: readonly string[]): Promise<{ readonly connection: Connection; readonly refused: readonly string[] }> {
  const connection = await dialect.connect()
  const refused: string[] = []
  for (const file of files) {
    try {
      await run(connection, readSql(file))
    } catch (error) {
      refused.push(`${basename(file)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { connection, refused }
}

describe.skipIf(root === undefined)(root === undefined ? 'corpus (YAMA_CORPUS_DIR is not set)' : 'corpus', () => {
  it.each(corpusSets(root).map((set) => [set.name, set] as const))(
    '%s: what is extracted makes the same database again',
    async (_, set) => {
      const { connection, refused } = await loadFiles(set.files)
      await using loaded = connection
      const wanted = await facts(loaded)
      await using empty = await dialect.connect()
      const plan = await change(empty, wanted)
      const made = await facts(empty)
      expect(
        difference(made, wanted).map((delta) => ({
          id: delta.id,
          change: delta.change,
          ...('attributes' in delta ? { attributes: delta.attributes } : {}),
        })),
      ).toEqual([])
      expect(stateHash(made)).toBe(stateHash(wanted))
      expect(await observe(empty)).toEqual(await observe(loaded, wanted))
      const objects = wanted.facts.size
      const share = ((100 * objects) / (objects + wanted.unmanaged.length)).toFixed(1)
      console.info(
        `${set.name}: ${String(objects)} facts (${share} % managed) by ${String(plan.actions.length)} statements; unmanaged: ${wanted.unmanaged.map((one) => `${one.kind} ${one.name}`).join(', ') || 'none'}; files refused by SQLite: ${refused.join(' | ') || 'none'}`,
      )
    },
  )

  it.each(historySets(root).map((set) => [set.name, set] as const))('%s: each schema becomes the next, and back', async (_, set) => {
    for (const [index, file] of set.files.slice(0, -1).entries()) {
      await using a = (await loadFiles([file])).connection
      await using b = (await loadFiles([set.files[index + 1] ?? ''])).connection
      const [before, after] = [await facts(a), factBase((await facts(b)).tag, (await facts(b)).facts.values())]
      await change(a, after)
      expect(difference(await facts(a), after)).toEqual([])
      await change(a, before)
      expect(difference(await facts(a), before)).toEqual([])
    }
  })
})
