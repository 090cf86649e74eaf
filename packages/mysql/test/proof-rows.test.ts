import { planChange, prove, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { everything, facts, inDatabase, run, schemaServers } from './schema-server.ts'

const OLD = 'CREATE TABLE t (id int PRIMARY KEY, seen int unsigned NOT NULL, open int unsigned NOT NULL)'
const NEW =
  'CREATE TABLE t (id int PRIMARY KEY, seen int unsigned NOT NULL, open int unsigned NOT NULL, CONSTRAINT sum CHECK (seen = 100 - open))'

describe.each(schemaServers.map((server) => [server.kind, server] as const))('a proof on %s', (_, server) => {
  it('takes rows away over which a new check fails', async () => {
    await inDatabase(server, (left) =>
      inDatabase(server, async (right) => {
        await run(left, OLD)
        await run(right, NEW)
        const [before, after] = [await facts(left), await facts(right)]
        const plan = (from: typeof before, to: typeof after) =>
          requirePlan(planChange({ before: from, after: to, dialect: server.schema, renames: [], server: left.server }))
        const report = await prove({
          up: plan(before, after),
          down: plan(after, before),
          before,
          after,
          dialect: server.schema,
          scope: everything,
          scratch: { connection: left, description: 'a database of the test' },
        })
        expect(report.notes.join()).toMatch(/table t has 0 rows: .*(out of range|the new check)/)
      }),
    )
  })
})

it.skipIf(schemaServers.length > 0)('a proof on MySQL or MariaDB: no server answers', () => undefined)
