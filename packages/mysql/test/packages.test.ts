import { factBase, planChange } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { everything, facts, inDatabase, schemaServers } from './schema-server.ts'

const servers = schemaServers.filter(({ kind }) => kind === 'mariadb').map((server) => [server.url, server] as const)

describe.each(servers)('a package of the Oracle mode', (_, server) => {
  it('is named with its body, stays where everything else goes, and its routines are no routines of the database', async () => {
    await inDatabase(server, async (connection) => {
      await connection.execute("SET SESSION sql_mode = 'ORACLE'")
      for (const [word, text] of [
        ['PACKAGE', 'FUNCTION rate RETURN INT; PROCEDURE run(n INT);'],
        ['PACKAGE BODY', 'FUNCTION rate RETURN INT AS BEGIN RETURN 3; END; PROCEDURE run(n INT) AS BEGIN SELECT n * rate(); END;'],
      ])
        await connection.execute(`EXECUTE IMMEDIATE 'CREATE ${word} pay AS ${text} END'`)
      await connection.execute('SET SESSION sql_mode = DEFAULT')
      await connection.execute('CREATE TABLE t (id int PRIMARY KEY)')
      const before = await facts(connection)
      expect(before.unmanaged.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
        ['package', 'pay', 'A package of this name is not part of the model.'],
        ['package body', 'pay', 'A package body of this name is not part of the model.'],
      ])
      expect(before.unmanaged.map(({ definition }) => definition?.startsWith('CREATE PACKAGE '))).toEqual([true, true])
      const plan = planChange({ before, after: factBase(before.tag, []), dialect: server.schema, renames: [] })
      expect(plan.actions.map(({ sql }) => sql)).toEqual(['DROP TABLE t'])
      await server.schema.clear(connection, everything)
      const left = await facts(connection)
      expect([...left.facts.keys()]).toEqual([])
      expect(left.unmanaged).toEqual(before.unmanaged)
    })
  })
})

it.skipIf(servers.length > 0)('packages of the Oracle mode: no MariaDB answers', () => undefined)
