/*
 * Loads every PostgreSQL schema of the corpus, rebuilds it in an empty database from its facts alone, and compares.
 *   YAMA_CORPUS_DIR=… node --conditions=yama-source --import tsx packages/postgres/test/programmes/corpus-round-trip.ts [name part]
 */
import { difference, factBase, planChange } from '@yama/schema'
import { extract } from '../../src/extract/extract.ts'
import { corpusSchemas, load } from '../corpus.ts'
import { schemaDialect } from '../dialect-under-test.ts'
import { asLines, dump, runActions, shortly } from '../difference-case.ts'
import { connectTo, inDatabase } from '../local-server.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const [part] = process.argv.slice(2)
let failed = 0
for (const schema of corpusSchemas(process.env['YAMA_CORPUS_DIR'] ?? '')) {
  if (part !== undefined && !schema.name.includes(part)) continue
  await inDatabase(`pgx_rt_${process.pid}_a`, async (first) =>
    inDatabase(`pgx_rt_${process.pid}_b`, async (second) => {
      const refused = load(schema, first)
      const [left, right] = [await connectTo(first), await connectTo(second)]
      try {
        const facts = await extract(left, EVERYTHING)
        const plan = planChange({ before: factBase(facts.tag, []), after: facts, dialect: schemaDialect, renames: [] })
        if (plan.refusals.length > 0) throw new Error(plan.refusals.map((refusal) => refusal.message).join(' | '))
        await runActions(right, plan.actions)
        const rebuilt = await extract(right, EVERYTHING)
        const rest = difference(rebuilt, facts)
        const same =
          facts.unmanaged.length > 0 ? 'not comparable' : asLines(await dump(first)) === asLines(await dump(second)) ? 'equal' : 'DIFFERS'
        const share = Math.round((100 * facts.facts.size) / (facts.facts.size + facts.unmanaged.length))
        if (rest.length > 0 || same === 'DIFFERS') failed += 1
        console.log(
          `${rest.length === 0 ? 'ok  ' : 'FAIL'} ${schema.name}: ${facts.facts.size} facts, ${facts.unmanaged.length} unmanaged (${share} % managed), ${plan.actions.length} statements, pg_dump ${same}${refused.length === 0 ? '' : `, ${refused.length} files refused by the server: ${refused[0]?.split('\n').slice(0, 1).join()}`}`,
        )
        if (rest.length > 0) console.log(`     ${shortly(rest).slice(0, 1500)}`)
      } catch (error) {
        failed += 1
        console.log(`FAIL ${schema.name}: ${(error as Error).message}`)
      } finally {
        await left[Symbol.asyncDispose]()
        await right[Symbol.asyncDispose]()
      }
    }),
  )
}
console.log(failed === 0 ? 'every schema came back' : `${failed} failed`)
