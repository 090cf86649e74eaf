import { difference, factBase, planChange, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { throughEntities } from '../../../test/entities/round-trip.ts'
import { observe } from './observe.ts'
import { facts, inDatabase, run, runActions, schemaServers } from './schema-server.ts'

const KEY = 'CREATE TABLE c (id int PRIMARY KEY, p int, CONSTRAINT fk FOREIGN KEY (p) REFERENCES missing (id) ON DELETE CASCADE)'

describe.each(schemaServers.map((server) => [server.kind, server] as const))(
  'a foreign key to a table that is not there, on %s',
  (_, server) => {
    it('comes back from its entities alone', async () => {
      await inDatabase(server, async (connection) => {
        await run(connection, `SET foreign_key_checks = 0; ${KEY}; SET foreign_key_checks = 1`)
        const [wanted, seen] = [await facts(connection), await observe(connection)]
        expect(wanted.unmanaged).toEqual([])
        const written = await throughEntities(wanted, server.schema)
        await run(connection, 'DROP TABLE c')
        const before = factBase(wanted.tag, [])
        const plan = planChange({ before, after: written.desired, dialect: server.schema, renames: [], server: connection.server })
        await runActions(connection, requirePlan(plan).actions)
        const made = await facts(connection)
        expect(difference(made, wanted)).toEqual([])
        expect(await observe(connection)).toEqual(seen)
        expect(await written.again(() => Promise.resolve(made))).toEqual([])
        written.dispose()
        expect((await connection.execute('SELECT @@foreign_key_checks AS checks')).rows).toEqual([{ checks: '1' }])
      })
    })

    it('leaves keys looked at where its statement fails', async () => {
      await inDatabase(server, async (connection) => {
        await run(connection, `SET foreign_key_checks = 0; ${KEY}; SET foreign_key_checks = 1`)
        const wanted = await facts(connection)
        await run(connection, 'DROP TABLE c')
        const before = factBase(wanted.tag, [])
        const { actions } = planChange({ before, after: wanted, dialect: server.schema, renames: [], server: connection.server })
        await expect(
          runActions(
            connection,
            actions.filter(({ sql }) => !sql.startsWith('CREATE TABLE')),
          ),
        ).rejects.toThrow(/ADD CONSTRAINT fk/)
        expect((await connection.execute('SELECT @@foreign_key_checks AS checks')).rows).toEqual([{ checks: '1' }])
      })
    })
  },
)

it.skipIf(schemaServers.length > 0)('a foreign key to a table that is not there: no server answers', () => undefined)
