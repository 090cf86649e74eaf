import { describe, expect, it } from 'vitest'
import { difference } from '@yama/schema'
import { corpusSets, readSql } from '../../packages/sqlite/test/corpus-sets.ts'
import { change, dialect, facts, run, schema } from '../../packages/sqlite/test/open-memory.ts'
import { deltaLines, rawShare, throughEntities } from './round-trip.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('entities of the SQLite corpus: skipped, YAMA_CORPUS_DIR is not set')

describe('entities of the SQLite corpus', () => {
  if (root === undefined) return void it.skipIf(true)('entities of the SQLite corpus (YAMA_CORPUS_DIR is not set)', () => undefined)
  it.each(corpusSets(root).map((set) => [set.name, set] as const))(
    '%s: pull, and make the same database from the entities alone',
    async (name, set) => {
      await using loaded = await dialect.connect()
      for (const file of set.files) await run(loaded, readSql(file)).catch(() => undefined)
      const wanted = await facts(loaded)
      const written = await throughEntities(wanted, schema)
      await using empty = await dialect.connect()
      await change(empty, written.desired)
      const made = await facts(empty)
      expect(deltaLines(difference(made, wanted))).toEqual([])
      expect(await written.again(async () => made)).toEqual([])
      console.info(`${name}: ${rawShare(written.files)}`)
      written.dispose()
    },
  )
})
