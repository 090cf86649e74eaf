import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { difference, type FactBase, type SchemaDialect } from '@yama/schema'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { administer, withPath } from '../../packages/postgres/test/runtime-database.ts'

/** What a database, a role or a session may say otherwise than another one: none of it is part of the schema, so the model is the same. */

const everything = { schemas: [], include: [], exclude: [] } as const
const schemaOf = (dialect: Dialect): SchemaDialect => dialect.extensions.schema as SchemaDialect

/** Reads the schema after these statements, on a connection of its own. */
async function readAfter(dialect: Dialect, settings: readonly string[]): Promise<FactBase> {
  await using connection = await dialect.connect()
  for (const sql of settings) await connection.execute(sql)
  return await schemaOf(dialect).extract(connection, everything)
}

const same = (one: FactBase, other: FactBase): void => {
  expect(difference(one, other)).toEqual([])
  expect(one.unmanaged).toEqual(other.unmanaged)
  expect(one.facts.size).toBeGreaterThan(10)
}

const POSTGRES = String.raw`
  CREATE SCHEMA app; CREATE TYPE app."Mood" AS ENUM ('it''s', 'a\b');
  CREATE FUNCTION app.one() RETURNS text LANGUAGE sql AS 'SELECT ''a\b''';
  CREATE TABLE app.item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "select" text DEFAULT 'a\b' CHECK ("select" <> E'\\x'), mood app."Mood" DEFAULT 'a\b',
    at timestamptz DEFAULT '2026-03-04 05:06:07+00', day date DEFAULT '2026-03-04', span interval DEFAULT '1 day 02:03:04', raw bytea DEFAULT '\xdeadbeef',
    price money DEFAULT '12.34', ratio float8 DEFAULT 0.1::float8 + 0.2, named text DEFAULT app.one(), doc xml DEFAULT '<a/>');
  CREATE INDEX item_at ON app.item ((at AT TIME ZONE 'UTC')) WHERE day > '2026-03-04' AND span < '1 year';
  CREATE VIEW app.items AS SELECT i.id, i."select", '2026-03-04 05:06:07+00'::timestamptz AS at, '1 mon'::interval AS span FROM app.item i WHERE i."select" LIKE 'a\%';
  CREATE TABLE app.reading (at timestamptz NOT NULL) PARTITION BY RANGE (at); CREATE TABLE app.reading_a PARTITION OF app.reading FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
  CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER touch BEFORE UPDATE ON app.item FOR EACH ROW WHEN (OLD."select" <> 'a\b') EXECUTE FUNCTION app.touch();
  COMMENT ON TABLE app.item IS 'it''s \ all'`

const POSTGRES_SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['search_path', 'app'],
  ['search_path', "''"],
  ['timezone', "'Asia/Tokyo'"],
  ['datestyle', "'SQL, DMY'"],
  ['datestyle', 'German'],
  ['intervalstyle', 'sql_standard'],
  ['intervalstyle', 'iso_8601'],
  ['quote_all_identifiers', 'on'],
  ['standard_conforming_strings', 'off'],
  ['escape_string_warning', 'off'],
  ['backslash_quote', 'on'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-3'],
  ['xmlbinary', 'hex'],
  ['lc_monetary', "'C'"],
  ['client_min_messages', 'error'],
  ['default_transaction_read_only', 'on'],
  ['default_transaction_isolation', "'serializable'"],
  ['row_security', 'off'],
  ['enable_hashjoin', 'off'],
]

for (const { name, url, driver } of await postgresTargets()) {
  describe(`another setting is no other schema, on ${name}`, () => {
    if (driver === 'pglite') {
      it('of the session', { timeout: 120_000 }, async () => {
        const dialect = pglite()
        await using connection = await dialect.connect()
        await connection.execute(POSTGRES)
        const plain = await schemaOf(dialect).extract(connection, everything)
        for (const [setting, value] of POSTGRES_SETTINGS) {
          await connection.execute(`SET ${setting} = ${value}`)
          same(plain, await schemaOf(dialect).extract(connection, everything))
          await connection.execute(`RESET ${setting}`)
        }
      })
      return
    }
    it('of the session, of the database, and another locale', { timeout: 120_000 }, async () => {
      const database = `yama_settings_${randomBytes(4).toString('hex')}`
      const dialect = postgres({ url: withPath(url, database) })
      try {
        await administer(url, `CREATE DATABASE ${database} TEMPLATE template0`)
        await using connection = await dialect.connect()
        await connection.execute(POSTGRES)
        const plain = await readAfter(dialect, [])
        for (const [setting, value] of POSTGRES_SETTINGS) {
          same(plain, await readAfter(dialect, [`SET ${setting} = ${value}`]))
          await connection.execute(`ALTER DATABASE ${database} SET ${setting} = ${value}`)
        }
        // All of them at once, as the defaults of the database.
        same(plain, await readAfter(dialect, []))
        await connection[Symbol.asyncDispose]()
        await administer(
          url,
          `DROP DATABASE ${database}`,
          `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`,
        )
        await using other = await dialect.connect()
        await other.execute(POSTGRES)
        same(plain, await readAfter(dialect, []))
      } finally {
        await administer(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      }
    })
  })
}

const MYSQL = [
  String.raw`CREATE TABLE item (id int AUTO_INCREMENT PRIMARY KEY, ${'`select`'} varchar(40) DEFAULT 'a\\b' COMMENT 'it''s \\ all', at timestamp NULL DEFAULT '2026-03-04 05:06:07', day date DEFAULT '2026-03-04',
    kind enum('it''s', 'a\\b', 'x"y') DEFAULT 'a\\b', raw varbinary(10) DEFAULT 'x', ratio double DEFAULT 0.1, made datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, note text,
    doubled int AS (ratio * 2) VIRTUAL, joined varchar(90) AS (concat(${'`select`'}, '-', 'a"b')) STORED, CONSTRAINT some CHECK (${'`select`'} <> 'x\\y' OR day > '2026-01-01'), KEY by_note (note(10)), KEY ${'`key`'} (${'`select`'})) COMMENT 'all of "it"'`,
  'CREATE TABLE part (id int PRIMARY KEY, item_id int, CONSTRAINT part_item FOREIGN KEY (item_id) REFERENCES item (id) ON DELETE CASCADE)',
  'CREATE TABLE spread (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2',
  "CREATE VIEW items AS SELECT id, `select`, 'a''b' AS quoted, id || 0 AS either FROM item WHERE day < '2030-01-01'",
  'CREATE FUNCTION add_up(a int, b int) RETURNS int DETERMINISTIC RETURN a + b',
  "CREATE TRIGGER item_in BEFORE INSERT ON item FOR EACH ROW SET NEW.note = 'a''b\\\\c'",
]

const MYSQL_SETTINGS = (kind: 'mysql' | 'mariadb'): readonly string[] => [
  "sql_mode = ''",
  "sql_mode = 'ANSI_QUOTES'",
  "sql_mode = 'NO_BACKSLASH_ESCAPES'",
  "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,IGNORE_SPACE,REAL_AS_FLOAT,HIGH_NOT_PRECEDENCE'",
  "time_zone = '+09:00'",
  'sql_quote_show_create = 0',
  "lc_time_names = 'de_DE'",
  "collation_connection = 'latin1_german1_ci'",
  "character_set_client = 'latin1'",
  'foreign_key_checks = 0',
  'sql_big_selects = 0',
  ...(kind === 'mariadb'
    ? [
        "sql_mode = 'ORACLE'",
        "sql_mode = 'MSSQL'",
        "sql_mode = 'NO_FIELD_OPTIONS,NO_KEY_OPTIONS,NO_TABLE_OPTIONS'",
        "old_mode = 'UTF8_IS_UTF8MB3'",
      ]
    : ['show_create_table_skip_secondary_engine = ON', 'show_create_table_verbosity = ON', 'sql_generate_invisible_primary_key = ON']),
]

for (const { name, url } of await mysqlTargets()) {
  it(`another setting is no other schema, on ${name}`, { timeout: 120_000 }, async () => {
    const kind = url.startsWith('mariadb:') ? 'mariadb' : 'mysql'
    const at = (database: string): Dialect => {
      const target = new URL(url)
      target.pathname = `/${database}`
      return kind === 'mariadb' ? mariadb({ url: target.href }) : mysql({ url: target.href })
    }
    const database = `yama_settings_${randomBytes(4).toString('hex')}`
    await using server = await at('').connect()
    await server.execute(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`)
    try {
      const dialect = at(database)
      await using connection = await dialect.connect()
      for (const sql of MYSQL) await connection.execute(sql)
      const plain = await readAfter(dialect, [])
      for (const setting of MYSQL_SETTINGS(kind)) {
        const found = await readAfter(dialect, [`SET SESSION ${setting}`])
        expect(difference(plain, found), setting).toEqual([])
        same(plain, found)
      }
    } finally {
      await server.execute(`DROP DATABASE ${database}`)
    }
  })
}

it('another pragma is no other schema, on SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-settings-'))
  try {
    const dialect = sqlite({ file: join(directory, 'a.db') })
    await using connection = await dialect.connect()
    for (const sql of [
      `CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, "select" TEXT DEFAULT 'it''s' COLLATE NOCASE, at TEXT DEFAULT CURRENT_TIMESTAMP, amount REAL CHECK (amount > 0.5))`,
      'CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id) ON DELETE CASCADE) STRICT',
      `CREATE INDEX by_word ON item (lower("select")) WHERE amount > 1`,
      `CREATE VIEW items AS SELECT id, "select" FROM item WHERE "select" LIKE 'A%'`,
      'CREATE TRIGGER item_in AFTER INSERT ON item BEGIN UPDATE item SET amount = 1 WHERE id = NEW.id; END',
    ])
      await connection.execute(sql)
    const plain = await readAfter(dialect, [])
    for (const pragma of [
      'case_sensitive_like = ON',
      'foreign_keys = OFF',
      'legacy_alter_table = ON',
      'reverse_unordered_selects = ON',
      'empty_result_callbacks = ON',
      'writable_schema = ON',
    ])
      expect(difference(plain, await readAfter(dialect, [`PRAGMA ${pragma}`])), pragma).toEqual([])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
