import type { Connection } from '@yama/core'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { throughEntities } from '../../../test/entities/round-trip.ts'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

const EXTENSIONS = 'CREATE SCHEMA tools; CREATE EXTENSION hstore SCHEMA tools; CREATE EXTENSION pg_stat_statements;'
const GRANTS = `GRANT EXECUTE ON FUNCTION tools.hstore(text, text) TO pg_monitor WITH GRANT OPTION; REVOKE EXECUTE ON FUNCTION tools.akeys(tools.hstore) FROM PUBLIC;
  REVOKE SELECT ON pg_stat_statements FROM PUBLIC; GRANT SELECT (queryid, calls), UPDATE ON pg_stat_statements TO pg_monitor; REVOKE USAGE ON TYPE tools.hstore FROM PUBLIC;`

/** Each privilege on a line, whether the server wrote it down or takes it for granted. */
const acls = async (connection: Connection): Promise<unknown> => {
  const exploded = (what: string, name: string, acl: string, from: string): string =>
    `SELECT '${what}' AS what, ${name}::text AS name, x.grantee::regrole::text AS grantee, x.privilege_type, x.is_grantable FROM ${from}, aclexplode(${acl}) x`
  const { rows } = await connection.execute(
    [
      exploded(
        'f',
        'oid::regprocedure',
        "coalesce(proacl, acldefault('f', proowner))",
        "(SELECT * FROM pg_proc WHERE proname IN ('hstore', 'akeys')) p",
      ),
      exploded(
        'c',
        'attname',
        'attacl',
        "(SELECT * FROM pg_attribute WHERE attrelid = 'pg_stat_statements'::regclass AND attacl IS NOT NULL) a",
      ),
      exploded('r', 'relname', 'relacl', "(SELECT * FROM pg_class WHERE relname = 'pg_stat_statements') c"),
      exploded('t', 'typname', "coalesce(typacl, acldefault('T', typowner))", "(SELECT * FROM pg_type WHERE typname = 'hstore') t"),
    ].join(' UNION ALL ') + ' ORDER BY 1, 2, 3, 4',
  )
  return rows
}
const hasExtensions = async (connection: Connection): Promise<boolean> =>
  Number(
    (await connection.execute(`SELECT count(*) AS n FROM pg_available_extensions WHERE name IN ('hstore', 'pg_stat_statements')`))
      .rows[0]?.['n'],
  ) === 2

describe.each(targets)('privileges on what an extension brings, on $name', (target) => {
  it('differ from what it gives itself, are stated by entities, and go and come back', async ({ skip }) => {
    await inEmptyDatabase(target, async (connection) => {
      if (!(await hasExtensions(connection))) return skip('the extensions are not there')
      await connection.execute(EXTENSIONS)
      const plain = await facts(connection)
      expect([...plain.facts.values()].filter(({ kind }) => kind === 'grant')).toEqual([])
      const normal = await acls(connection)
      await connection.execute(GRANTS)
      const [granted, seen] = [await facts(connection), await acls(connection)]
      const change = { dialect: schemaDialect, renames: [] }
      await runActions(connection, requirePlan(planChange({ before: granted, after: plain, ...change })).actions)
      expect(difference(await facts(connection), plain)).toEqual([])
      expect(await acls(connection)).toEqual(normal)

      const { desired, dispose } = await throughEntities(granted, schemaDialect)
      await connection.execute('DROP EXTENSION hstore; DROP EXTENSION pg_stat_statements; DROP SCHEMA tools')
      const empty = await facts(connection)
      const after = factBase(granted.tag, desired.facts.values())
      await runActions(connection, requirePlan(planChange({ before: empty, after, ...change })).actions)
      expect(difference(await facts(connection), granted)).toEqual([])
      expect(await acls(connection)).toEqual(seen)
      dispose()

      const { actions } = requirePlan(planChange({ before: granted, after: empty, ...change }))
      expect(actions.map(({ sql }) => sql).join('\n')).not.toMatch(/GRANT|REVOKE/)
      await runActions(connection, actions)
      expect(difference(await facts(connection), empty)).toEqual([])
    })
  })
})
