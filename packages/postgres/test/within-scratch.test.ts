import { postgres } from '@yama/postgres'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers } from './runtime-database.ts'

describe.each(servers)('migrations in a throw-away database, on $name', ({ url }) => {
  it('name the database that they are for, and mean the throw-away one', async () => {
    await inNewDatabase(url, async (own, name) => {
      const { schema } = postgres({ url: own }).extensions
      await using scratch = await schema!.scratch({ allowUrl: own, setup: [] })
      const { connection } = scratch
      await connection.execute(`-- of the database\nALTER DATABASE ${name.toUpperCase()} SET statement_timeout = 12345`)
      await connection.execute(`COMMENT ON DATABASE "${name}" IS 'theirs'`)
      await connection.execute(`GRANT CONNECT ON DATABASE ${name} TO PUBLIC`)
      const { rows } = await connection.execute(
        `SELECT d.datname AS name, shobj_description(d.oid, 'pg_database') AS comment, s.setconfig::text AS settings FROM pg_database d LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid
WHERE d.datname IN ('${name}', current_database()) ORDER BY d.datname = current_database()`,
      )
      expect(rows).toEqual([
        { name, comment: null, settings: null },
        { name: connection.server.database, comment: 'theirs', settings: '{statement_timeout=12345}' },
      ])
    })
  })

  it('change no other database of the server, and take nothing from it', async () => {
    await inNewDatabase(url, async (own, name) => {
      const { schema } = postgres({ url }).extensions
      await using scratch = await schema!.scratch({ allowUrl: own, setup: [] })
      const refused = [
        `ALTER DATABASE ${name} SET statement_timeout = 1`,
        `GRANT CONNECT ON DATABASE ${scratch.connection.server.database}, ${name} TO PUBLIC`,
        `DROP DATABASE IF EXISTS ${name}`,
        '/* all of it */ ALTER SYSTEM SET statement_timeout = 1',
        'DROP ROLE IF EXISTS yama_nobody',
        `ALTER ROLE CURRENT_USER IN DATABASE ${name} SET statement_timeout = 1`,
      ]
      for (const sql of refused) await expect(scratch.connection.execute(sql), sql).rejects.toMatchObject({ code: 'YAMA_SCRATCH_OUTSIDE' })
      await scratch.connection.execute("COMMENT ON SCHEMA public IS 'a schema'")
    })
  })

  it('ask no other server, write no file and run no program, also where the server is thrown away', async () => {
    await inNewDatabase(url, async (own) => {
      const { schema } = postgres({ url: own }).extensions
      await using shared = await schema!.scratch({ allowUrl: own, setup: [] })
      await using alone = await schema!.scratch({ setup: [] })
      const refused = [
        "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p",
        'DROP SUBSCRIPTION IF EXISTS s',
        'ALTER SUBSCRIPTION s REFRESH PUBLICATION',
        "COPY (SELECT 1) TO '/tmp/yama-never'",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
      ]
      for (const sql of refused)
        for (const { connection } of [shared, alone])
          await expect(connection.execute(sql), sql).rejects.toMatchObject({ code: 'YAMA_SCRATCH_OUTSIDE' })
    })
  })

  it('may, where it is said of the server', async () => {
    await inNewDatabase(url, async (own, name) => {
      const { schema } = postgres({ url }).extensions
      await using scratch = await schema!.scratch({ allowUrl: own, setup: [], outside: true })
      await scratch.connection.execute(`COMMENT ON DATABASE ${name} IS 'from outside'`)
      await scratch.connection.execute('DROP ROLE IF EXISTS yama_nobody')
    })
  })
})

it.skipIf(servers.length > 0)('migrations in a throw-away database: no server answers', () => undefined)
