import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { factBase, planChange, prove, requirePlan } from '@yama/schema'
import { corpusSets, historySets, readSql } from './corpus-sets.ts'
import { EVERYTHING, facts, load, schema } from './open-memory.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('packages/sqlite/test/proof.test.ts: skipped, YAMA_CORPUS_DIR is not set')

/** Up and Down between two schemas, with rows in every table; returns how many rows survived. */
async function proved(a: string, b: string): Promise<number> {
  await using from = await load(a)
  await using to = await load(b)
  // As entities state it: without what they do not describe.
  const [before, after] = [await facts(from), factBase((await facts(to)).tag, (await facts(to)).facts.values())]
  const up = requirePlan(planChange({ before, after, dialect: schema, renames: [] }))
  const down = requirePlan(planChange({ before: after, after: before, dialect: schema, renames: [] }))
  const report = await prove({
    up,
    down,
    before,
    after,
    dialect: schema,
    scope: EVERYTHING,
    scratch: { connection: from, description: 'in memory' },
  })
  const kept = async (): Promise<readonly string[]> => (await facts(from)).unmanaged.map((one) => `${one.kind} ${one.name}`).sort()
  expect(await kept()).toEqual(before.unmanaged.map((one) => `${one.kind} ${one.name}`).sort())
  return report.rows
}

describe.skipIf(root === undefined)(root === undefined ? 'proofs (YAMA_CORPUS_DIR is not set)' : 'proofs', () => {
  const histories = historySets(root).flatMap(({ name, files }) =>
    files.slice(1).map((file, index) => [`${name} ${String(index + 1)}`, files[index] ?? '', file] as const),
  )
  it.each(histories)('%s becomes the next with rows in it, and back', async (_, a, b) => {
    await proved(readSql(a), readSql(b))
  })

  const cases =
    root === undefined
      ? []
      : (JSON.parse(readFileSync(join(root, 'difference-cases.json'), 'utf8')) as { dialect: string; name: string; a: string; b: string }[])
  it.each(cases.filter((one) => one.dialect === 'sqlite').map((one) => [one.name, one] as const))('%s', async (_, { a, b }) => {
    await proved(a, b)
  })

  it('every table of chinook and sakila is rebuilt and keeps its rows', async () => {
    for (const set of corpusSets(root).filter(({ name }) => name === 'chinook' || name === 'sakila')) {
      // Without its rows, which are not what is proved here, and without triggers, which would write rows of their own.
      const sql = set.files
        .map(readSql)
        .join('\n')
        .replaceAll(/^INSERT [^]*?\);$/gm, '')
        .replaceAll(/CREATE TRIGGER[^]*?\bEND\s*;/gi, '')
      expect(
        await proved(
          sql,
          sql
            .replaceAll(/NUMERIC\(10,2\)|NVARCHAR\(/gi, (type) => (type.startsWith('NU') ? 'DECIMAL(10,2)' : 'VARCHAR('))
            .replaceAll(/VARCHAR\((\d+)\)/gi, 'VARCHAR(9$1)'),
        ),
      ).toBeGreaterThan(10)
    }
  })
})
