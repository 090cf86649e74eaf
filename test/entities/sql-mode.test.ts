import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyDatabase, mysqlEngines, type Engine } from '../corpus/databases.ts'
import { loadSet } from '../corpus/load-set.ts'
import { roundTrip } from '../corpus/round-trip.ts'

/*
 * What a server keeps with a routine, trigger or event of the session in which it was made: its body is read with that for ever. Each of these bodies
 * is refused under the usual mode, or means something else.
 */

interface Programmes {
  readonly function: string
  readonly procedure: string
  readonly trigger: string
  readonly event: string
}

const PLAIN: Programmes = {
  function: "f(a varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN concat(a, 'x')",
  procedure: "p() BEGIN INSERT INTO item (note) VALUES ('x;'); SELECT 1; END",
  trigger: 'BEFORE INSERT ON item FOR EACH ROW SET NEW.note = upper(NEW.note)',
  event: "DELETE FROM item WHERE note = 'x'",
}

const MODES: readonly (readonly [mode: string, programmes: Programmes])[] = [
  ['', PLAIN],
  ['NO_ENGINE_SUBSTITUTION', PLAIN],
  ['NO_ZERO_DATE,ALLOW_INVALID_DATES', PLAIN],
  [
    'ANSI_QUOTES',
    {
      function: 'f("a b" int) RETURNS int READS SQL DATA RETURN (SELECT count("note") + "a b" FROM "item")',
      procedure: `p() BEGIN INSERT INTO "item" ("note") VALUES ('"'); SELECT "note" FROM "item" WHERE "note" <> ';'; END`,
      trigger: `BEFORE INSERT ON "item" FOR EACH ROW SET NEW."note" = concat(NEW."note", '"')`,
      event: `DELETE FROM "item" WHERE "note" = '"'`,
    },
  ],
  [
    'PIPES_AS_CONCAT',
    {
      function: "f(a varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN a || 'x'",
      procedure: "p() INSERT INTO item (note) VALUES ('a' || 'b')",
      trigger: "BEFORE INSERT ON item FOR EACH ROW SET NEW.note = NEW.note || 'x'",
      event: "DELETE FROM item WHERE note = 'a' || 'b'",
    },
  ],
  [
    'NO_BACKSLASH_ESCAPES',
    {
      function: String.raw`f(a varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN concat(a, '\')`,
      procedure: String.raw`p() BEGIN INSERT INTO item (note) VALUES ('\'), (';\'), ("\"); SELECT 1; END`,
      trigger: String.raw`BEFORE INSERT ON item FOR EACH ROW SET NEW.note = concat(NEW.note, '\')`,
      event: String.raw`DELETE FROM item WHERE note = '\'`,
    },
  ],
  [
    'PIPES_AS_CONCAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES',
    {
      function: String.raw`f(a varchar(9)) RETURNS varchar(20) DETERMINISTIC RETURN "a" || '\'`,
      procedure: String.raw`p() BEGIN INSERT INTO "item" ("note") VALUES ('\' || ';'); SELECT "note" FROM "item"; END`,
      trigger: String.raw`BEFORE INSERT ON "item" FOR EACH ROW SET NEW."note" = NEW."note" || '\'`,
      event: String.raw`DELETE FROM "item" WHERE "note" = '\'`,
    },
  ],
]

const ORACLE: readonly [mode: string, programmes: Programmes] = [
  'ORACLE',
  {
    function: `f(a VARCHAR2) RETURN VARCHAR2 AS n INT := 1; m INT; BEGIN IF n > 1 THEN RETURN a || 'y'; ELSIF n > 2 THEN m := 2; END IF; RETURN a || 'x'; END`,
    procedure: `p AS n INT; BEGIN SELECT count(*) INTO n FROM "item"; FOR i IN 1..3 LOOP n := n + i; END LOOP; INSERT INTO "item" ("note") VALUES (n || ';'); END`,
    trigger: 'BEFORE INSERT ON "item" FOR EACH ROW DECLARE n INT; BEGIN n := 1; :NEW."note" := :NEW."note" || n; END',
    event: `BEGIN DELETE FROM "item" WHERE "note" = 'a' || 'b'; END`,
  },
]

const script = (mode: string, { function: f, procedure, trigger, event }: Programmes): string => {
  const made = [
    `CREATE FUNCTION ${f}`,
    `CREATE PROCEDURE ${procedure}`,
    `CREATE TRIGGER t ${trigger}`,
    `CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' DISABLE DO ${event}`,
  ]
  return `CREATE TABLE item (id int AUTO_INCREMENT PRIMARY KEY, note varchar(40));
SET SESSION sql_mode = '${mode}';
${made.map((statement) => `-- yama:sql-mode ${mode}\n${statement};`).join('\n')}`
}

async function inFile<T>(text: string, work: (file: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-sql-mode-'))
  try {
    const file = join(directory, 'schema.sql')
    writeFileSync(file, text)
    return await work(file)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const trip = (name: string, text: string, engine: Engine): ReturnType<typeof roundTrip> =>
  inFile(text, (file) => roundTrip({ name, kind: 'mysql', load: { by: 'files', files: [file] } }, engine))

const engines = await mysqlEngines()

describe.each(engines.map((engine) => [engine.title, engine] as const))('the sql_mode of routines on %s', (title, engine) => {
  const isMariadb = title.startsWith('MariaDB')
  it.each(isMariadb ? [...MODES, ORACLE] : MODES)('is carried: %s', { timeout: 60_000 }, async (mode, programmes) => {
    const { problems, refused, facts, unmanaged } = await trip(mode, script(mode, programmes), engine)
    expect(refused).toEqual([])
    expect(problems).toEqual([])
    expect(unmanaged).toEqual([])
    expect(facts).toBe(8)
  })

  it.each(['+05:30', 'SYSTEM'])('is carried, with the time zone %s of an event', { timeout: 60_000 }, async (zone) => {
    const text = `SET SESSION time_zone = '${zone}', sql_mode = '';
CREATE EVENT fixed ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 03:00:00' ENDS '2032-01-01 03:00:00' DISABLE DO SELECT now();
CREATE EVENT once ON SCHEDULE AT '2031-01-01 03:00:00' DISABLE DO SELECT now();
CREATE EVENT open ON SCHEDULE EVERY 1 HOUR DISABLE DO SELECT now();`
    const { problems, refused } = await trip(zone, text, engine)
    expect(refused).toEqual([])
    expect(problems).toEqual([])
  })

  it.each(['utf8mb4_bin', 'latin1_swedish_ci', 'binary'])(
    'is carried, with the collation %s of texts',
    { timeout: 60_000 },
    async (collation) => {
      const text = `CREATE TABLE item (id int PRIMARY KEY, note varchar(40));
SET SESSION collation_connection = '${collation}';
CREATE FUNCTION same() RETURNS int DETERMINISTIC RETURN 'a' = 'A' AND length('é') = 2;
CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET NEW.note = hex('é');
CREATE EVENT e ON SCHEDULE EVERY 1 HOUR DISABLE DO SELECT 'é';`
      const { problems, refused } = await trip(collation, text, engine)
      expect(refused).toEqual([])
      expect(problems).toEqual([])
    },
  )

  it.skipIf(!isMariadb)('names a package as not managed', async () => {
    await using database = await emptyDatabase(engine)
    await inFile(
      `SET SESSION sql_mode = 'ORACLE';
-- yama:sql-mode ORACLE
CREATE PACKAGE k AS PROCEDURE p; END;
-- yama:sql-mode ORACLE
CREATE PACKAGE BODY k AS PROCEDURE p AS BEGIN SELECT 1; END; END;`,
      async (file) => expect(await loadSet({ name: 'k', kind: 'mysql', load: { by: 'files', files: [file] } }, database)).toEqual([]),
    )
    await using connection = await database.dialect.connect()
    const found = await database.dialect.extensions.schema?.extract(connection, { schemas: [], include: [], exclude: [] })
    expect(found?.unmanaged.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['package k', 'package body k'])
  })
})

it.skipIf(engines.length > 0)('the sql_mode of routines: no server answers', () => undefined)
