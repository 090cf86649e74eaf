import { createYama, type Connection, type Dialect, type Migration, type SessionKeeper, type SessionWork } from '@yama/core'
import { parseSqlMigration, writeMigration } from '@yama/core/files'
import { difference, factBase, planChange, requirePlan, type AnyFact, type FactBase, type SchemaDialect } from '@yama/schema'
import { memorySource } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { commutativity } from '../src/effects/commutativity.ts'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'
import { everything } from './schema-server.ts'

const FUNCTION = 'CREATE FUNCTION `f`(a varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN "a" || \'\\\''
const MODE = ['PIPES_AS_CONCAT', 'ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES']

const fact = (definition: string, sqlMode?: readonly string[]): AnyFact => ({
  kind: 'function',
  id: 'function:f',
  schema: '',
  name: 'f',
  payload: { type: 'function', name: 'f', arguments: '', definition, ...(sqlMode === undefined ? {} : { sqlMode }) },
  dependsOn: [],
})

const schemaOf = (dialect: Dialect): SchemaDialect => dialect.extensions.schema as SchemaDialect

/** The file of a change, as `yama generate` writes it, read back. */
function migration(id: string, before: FactBase, after: readonly AnyFact[], connection: Connection, dialect: Dialect): Migration {
  const plan = requirePlan(
    planChange({ before, after: factBase(before.tag, after), dialect: schemaOf(dialect), renames: [], server: connection.server }),
  )
  const text = writeMigration({ id, parents: [], up: plan.actions.map(({ sql }) => ({ text: sql })), down: [{ text: 'DROP FUNCTION f' }] })
  return parseSqlMigration(text, `${id}.sql`, dialect)
}

const modeOf = async (connection: Connection, name: string): Promise<unknown> =>
  (
    await connection.execute(
      'SELECT SQL_MODE AS mode FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_NAME = ?',
      [name],
    )
  ).rows[0]?.['mode']

describe.each(servers)('the sql_mode of a routine on $name', ({ url }) => {
  it('is set around its statement and taken back, also for the next migration', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      const before = await schemaOf(dialect).extract(connection, everything)
      const first = migration('001_f', before, [fact(FUNCTION, MODE)], connection, dialect)
      expect(first.up.map((step) => (step.kind === 'sql' ? step.text : ''))).toEqual([
        "SET @yama_sql_mode = COALESCE(@yama_sql_mode, @@SESSION.sql_mode), SESSION sql_mode = 'PIPES_AS_CONCAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
        `-- yama:sql-mode PIPES_AS_CONCAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES\n${FUNCTION}`,
        'SET SESSION sql_mode = @yama_sql_mode, @yama_sql_mode = NULL',
      ])
      const next = parseSqlMigration('CREATE FUNCTION g() RETURNS int DETERMINISTIC RETURN 1;', '002_g.sql', dialect)
      await using yama = createYama({ dialect, sources: [memorySource([first, next])] })
      await yama.apply(await yama.plan({ up: 'latest' }))
      expect(await modeOf(connection, 'f')).toBe(MODE.join(','))
      const usual = (await connection.execute('SELECT @@sql_mode AS mode')).rows[0]?.['mode']
      expect(await modeOf(connection, 'g')).toBe(usual)
      const found = await schemaOf(dialect).extract(connection, everything)
      expect(found.facts.get('function:f')?.payload).toMatchObject({ sqlMode: MODE })
      expect(found.facts.get('function:g')?.payload).not.toHaveProperty('sqlMode')
    })
  })

  it('is set again where a run goes on after the statement failed, and the session has its own meanwhile', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      const before = await schemaOf(dialect).extract(connection, everything)
      const first = migration('001_f', before, [fact(FUNCTION, MODE)], connection, dialect)
      await connection.execute('CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1')
      await using yama = createYama({ dialect, sources: [memorySource([first])] })
      await expect(yama.apply(await yama.plan({ up: 'latest' }))).rejects.toMatchObject({ code: 'YAMA_MIGRATION_PARTIAL' })
      await connection.execute('DROP FUNCTION f')
      await yama.apply(await yama.plan({ up: 'latest' }))
      expect(await modeOf(connection, 'f')).toBe(MODE.join(','))
    })
  })

  it('and its collation leave the history as it is', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      const before = await schemaOf(dialect).extract(connection, everything)
      const definition = "CREATE FUNCTION `f`() RETURNS int DETERMINISTIC RETURN '日本' = 'x\\y'"
      const { kind, ...rest } = fact(definition)
      const stated = { kind, ...rest, payload: { ...rest.payload, collation: 'binary' } } as AnyFact
      const first = migration('001_f', before, [stated], connection, dialect)
      await using yama = createYama({ dialect, sources: [memorySource([first])] })
      await yama.apply(await yama.plan({ up: 'latest' }))
      const { rows } = await connection.execute('SELECT * FROM yama_step')
      expect(rows.filter((row) => JSON.stringify(row).includes('日本'))).toHaveLength(1)
      const found = await schemaOf(dialect).extract(connection, everything)
      expect(found.facts.get('function:f')?.payload).toMatchObject({ collation: 'binary' })
    })
  })

  it('alone is a difference', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      const plain = 'CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1'
      await connection.execute(plain)
      const before = await schemaOf(dialect).extract(connection, everything)
      const now = before.facts.get('function:f')
      const definition = now?.kind === 'function' ? now.payload.definition : ''
      for (const sqlMode of [[], ['NO_ZERO_DATE'], undefined]) {
        const found = await schemaOf(dialect).extract(connection, everything)
        const plan = requirePlan(
          planChange({
            before: found,
            after: factBase(found.tag, [fact(definition, sqlMode)]),
            dialect: schemaOf(dialect),
            renames: [],
            server: connection.server,
          }),
        )
        await connection.batch(
          plan.actions.map(({ sql }) => ({ sql })),
          { transaction: false },
        )
        const after = await schemaOf(dialect).extract(connection, everything)
        expect(after.facts.get('function:f')?.payload).toEqual({
          type: 'function',
          name: 'f',
          arguments: '',
          definition,
          ...(sqlMode === undefined ? {} : { sqlMode }),
        })
      }
    })
  })

  it('is not what an earlier migration left in the session', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const files = [
        [
          "/*!40101 SET SQL_MODE = 'NO_AUTO_VALUE_ON_ZERO' */; SET time_zone = '+02:00'; SET NAMES latin1; CREATE TABLE a (n int);",
          '001_dump.sql',
        ],
        [
          'CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1;',
          '002_f.sql',
        ],
      ] as const
      await using yama = createYama({
        dialect,
        sources: [memorySource(files.map(([text, name]) => parseSqlMigration(text, name, dialect)))],
      })
      await yama.apply(await yama.plan({ up: 'latest' }))
      await using connection = await dialect.connect()
      const found = await schemaOf(dialect).extract(connection, everything)
      for (const id of ['function:f', 'function:e(event)'])
        expect(Object.keys(found.facts.get(id)?.payload ?? {})).toEqual(['type', 'name', 'arguments', 'definition'])
    })
  })

  it('is not what a migration that failed left in the session', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const modes: unknown[] = []
      const mode = async (connection: Connection): Promise<unknown> => (await connection.execute('SELECT @@sql_mode AS m')).rows[0]?.['m']
      const keepSession = async (connection: Connection, work: SessionWork): Promise<SessionKeeper> => {
        const keeper = await dialect.keepSession!(connection, work)
        const giveBack = async (): Promise<void> => {
          modes.push(await mode(connection))
          await keeper?.giveBack()
          modes.push(await mode(connection))
        }
        return { own: [], giveBack }
      }
      const fails = parseSqlMigration("SET SESSION sql_mode = 'NO_ZERO_DATE'; SELECT nobody;", '001_fails.sql', dialect)
      await using yama = createYama({ dialect: { ...dialect, keepSession }, sources: [memorySource([fails])] })
      await expect(yama.apply(await yama.plan({ up: 'latest' }))).rejects.toThrow(/nobody/)
      expect(modes).toEqual(['NO_ZERO_DATE', expect.stringContaining('STRICT_TRANS_TABLES')])
    })
  })

  it('stays with what is made anew behind a table that gets another name', async () => {
    const made = (table: string): readonly string[] => [
      `CREATE TABLE ${table} (id int PRIMARY KEY, note varchar(9))`,
      `SET SESSION sql_mode = 'ANSI_QUOTES'`,
      `-- yama:sql-mode ANSI_QUOTES\nCREATE TRIGGER t BEFORE INSERT ON "${table}" FOR EACH ROW SET NEW."note" = '"'`,
      `-- yama:sql-mode ANSI_QUOTES\nCREATE FUNCTION f() RETURNS int READS SQL DATA RETURN (SELECT count("note") FROM "${table}")`,
    ]
    await inNewDatabase(url, async (own) =>
      inNewDatabase(url, async (wanted) => {
        const dialect = dialectOf(own)
        const facts = async (at: string, statements: readonly string[]): Promise<FactBase> => {
          await using connection = await dialectOf(at).connect()
          for (const sql of statements) await connection.execute(sql)
          return await schemaOf(dialect).extract(connection, everything)
        }
        const [before, after] = [await facts(own, made('item')), await facts(wanted, made('part'))]
        await using connection = await dialect.connect()
        const renames = [{ from: 'table:item', to: 'table:part' }]
        const plan = requirePlan(planChange({ before, after, dialect: schemaOf(dialect), renames, server: connection.server }))
        expect(plan.actions.map(({ sql }) => sql)).toContain('RENAME TABLE item TO part')
        await connection.batch(
          plan.actions.map(({ sql }) => ({ sql })),
          { transaction: false },
        )
        const reached = await schemaOf(dialect).extract(connection, everything)
        expect(difference(reached, after)).toEqual([])
        expect(reached.facts.get('trigger:part.t')?.payload).toMatchObject({ sqlMode: ['ANSI_QUOTES'] })
        expect(reached.facts.get('function:f')?.payload).toMatchObject({ sqlMode: ['ANSI_QUOTES'] })
      }),
    )
  })

  it('that is the configured one is not stated', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own, { sqlMode: 'PIPES_AS_CONCAT,NO_ZERO_DATE' })
      await using connection = await dialect.connect()
      await connection.execute("CREATE FUNCTION f() RETURNS varchar(9) DETERMINISTIC RETURN 'a' || 'b'")
      const found = await schemaOf(dialect).extract(connection, everything)
      expect(found.facts.get('function:f')?.payload).not.toHaveProperty('sqlMode')
      await using usual = await dialectOf(own).connect()
      const other = await schemaOf(dialect).extract(usual, everything)
      expect(other.facts.get('function:f')?.payload).toMatchObject({ sqlMode: ['PIPES_AS_CONCAT', 'NO_ZERO_DATE'] })
    })
  })

  it('is given back when its statement fails, and what comes after goes together again', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await dialectOf(own).connect()
      const mode = async (): Promise<unknown> =>
        (await connection.execute("SHOW SESSION VARIABLES WHERE Variable_name IN (concat('sql', '_mode'), 'time_zone')")).rows
      const usual = await mode()
      await connection.execute(
        "SET @yama_sql_mode = COALESCE(@yama_sql_mode, @@SESSION.sql_mode), @yama_time_zone = COALESCE(@yama_time_zone, @@SESSION.time_zone), SESSION sql_mode = 'ANSI_QUOTES', SESSION time_zone = '+05:00'",
      )
      expect(await mode()).not.toEqual(usual)
      await expect(connection.execute('CREATE FUNCTION f() RETURNS int RETURN "')).rejects.toThrow('syntax')
      const joined = await connection.batches?.([[{ sql: "SELECT '1' AS a" }], [{ sql: "SELECT '2' AS a" }]])
      expect(joined).toMatchObject({ committed: 2 })
      expect(await mode()).toEqual(usual)
    })
  })
})

it.skipIf(servers.length > 0)('the sql_mode of a routine: no server answers', () => undefined)

it('two branches with routines of another sql_mode do not meet, and one meets the table that its body reads', async () => {
  const set = "SET @yama_sql_mode = COALESCE(@yama_sql_mode, @@SESSION.sql_mode), SESSION sql_mode = 'ANSI_QUOTES'"
  const back = 'SET SESSION sql_mode = @yama_sql_mode, @yama_sql_mode = NULL'
  const routine = (name: string): string =>
    `-- yama:sql-mode ANSI_QUOTES\nCREATE PROCEDURE "${name}"() BEGIN DELETE FROM "item" WHERE "note" = ';'; END`
  const effects = await commutativity.effectsOf([set, routine('f'), back])
  expect(effects.map(({ unknown }) => unknown)).toEqual([undefined, undefined, undefined])
  expect([effects[0]?.effects, effects[2]?.effects]).toEqual([[], []])
  expect(JSON.stringify(effects[1])).toContain('relation:item')
  const parsed = (name: string): Migration =>
    parseSqlMigration(`${set};\n${routine(name)};\n${back};\n`, `${name}.sql`, dialectOf('mysql://root@localhost/x'))
  const conflicts = await commutativity.conflicts([parsed('f'), parsed('g')], () => true)
  expect(conflicts).toEqual([])
})
