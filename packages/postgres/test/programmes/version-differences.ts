/*
 * Extracts schemas of the corpus on every server of YAMA_TEST_POSTGRES_URLS (or the local one) and PGlite, and prints what
 * differs from the first, per kind and attribute.
 *   YAMA_CORPUS_DIR=… node --conditions=yama-source --import tsx packages/postgres/test/programmes/version-differences.ts
 */
import { readFileSync } from 'node:fs'
import { difference, type FactBase } from '@yama/schema'
import { extract } from '../../src/extract/extract.ts'
import { corpusSchemas } from '../corpus.ts'
import { inEmptyDatabase, targets } from '../schema-databases.ts'

const NAMES = [
  'sakila',
  'chinook Chinook_PostgreSql_SerialPKs.sql',
  'conductor-scheduler',
  'homarr',
  'umami',
  'temporal',
  'pocket-id',
  'stellar-horizon',
  'memos latest',
  'kestra',
]
const everything = { schemas: [], include: [], exclude: [] } as const
const totals = new Map<string, number>()

for (const schema of corpusSchemas(process.env['YAMA_CORPUS_DIR'] ?? '').filter(({ name }) => NAMES.includes(name))) {
  let first: FactBase | undefined
  for (const target of targets) {
    try {
      const base = await inEmptyDatabase(target, async (connection) => {
        for (const file of schema.files) {
          const text = readFileSync(file, 'utf8')
          await connection.execute(schema.edit === undefined ? text : schema.edit(text))
        }
        return await extract(connection, everything)
      })
      first ??= base
      const lines = difference(first, base).flatMap((delta) =>
        delta.change === 'alter'
          ? delta.attributes.map(({ attribute }) => `${delta.kind}.${attribute}`)
          : [`${delta.change} ${delta.kind}`],
      )
      for (const line of lines) totals.set(`${base.tag} ${line}`, (totals.get(`${base.tag} ${line}`) ?? 0) + 1)
      console.log(`${schema.name} on ${target.name}: ${String(base.facts.size)} facts, ${String(lines.length)} differ`)
      const [example] = difference(first, base)
      if (example?.change === 'alter') console.log(`    ${example.id}: ${JSON.stringify(example.attributes).slice(0, 300)}`)
    } catch (error) {
      console.log(`${schema.name} on ${target.name}: ${(error as Error).message.slice(0, 120)}`)
    }
  }
}
for (const [line, count] of [...totals].sort()) console.log(`${line}: ${String(count)}`)
process.exit(0)
