import { factBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { change, facts, inDatabase, run, schemaServers } from './schema-server.ts'

describe.each(schemaServers.map((server) => [server.kind, server] as const))('triggers of entities on %s', (_, server) => {
  it('are made in the order that they state, whatever they are called', async () => {
    await inDatabase(server, async (source) =>
      inDatabase(server, async (target) => {
        await run(
          source,
          `CREATE TABLE t (x int PRIMARY KEY);
           CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.x = 1;
           CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW PRECEDES a SET NEW.x = 2`,
        )
        const wanted = await facts(source)
        // Entities state the text alone.
        const stated = [...wanted.facts.values()].map((fact) => (fact.kind === 'trigger' ? { ...fact, dependsOn: [] } : fact))
        await change(target, factBase(wanted.tag, stated), server)
        const { rows } = await target.execute(
          'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY ACTION_ORDER',
        )
        expect(rows.map(({ name }) => name)).toEqual(['b', 'a'])
      }),
    )
  })
})

it.skipIf(schemaServers.length > 0)('triggers of entities on MySQL or MariaDB: no server answers', () => undefined)
