import { planChange, prove, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { everything, facts, inDatabase, run, schemaServers } from './schema-server.ts'

const TABLE = (enforced: string): string =>
  `CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, amount int, note varchar(20), CONSTRAINT some CHECK (amount > 10 OR note LIKE '%9')${enforced})`
/** MariaDB enforces every check. */
const servers = schemaServers.filter(({ kind }) => kind === 'mysql')

describe.each(servers.map((server) => [server.kind, server] as const))('a check that becomes enforced, on %s', (_, server) => {
  it('is proved with rows that meet it', async () => {
    await inDatabase(server, async (connection) => {
      await run(connection, TABLE(''))
      const after = await facts(connection)
      await run(connection, 'DROP TABLE t')
      await run(connection, TABLE(' NOT ENFORCED'))
      const before = await facts(connection)
      const change = { dialect: server.schema, renames: [], server: connection.server }
      const up = requirePlan(planChange({ before, after, ...change }))
      const down = requirePlan(planChange({ before: after, after: before, ...change }))
      expect(up.actions).toHaveLength(1)
      const scratch = { connection, description: 'a database of its own' }
      const report = await prove({ up, down, before, after, scratch, dialect: server.schema, scope: everything })
      expect(report.rows).toBeGreaterThan(0)
    })
  })
})

it.skipIf(servers.length > 0)('a check that becomes enforced: no MySQL answers', () => undefined)
