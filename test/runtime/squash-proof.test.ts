import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { squash } from '@yama/authoring'
import { createYama, type DatabaseKind } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { everyDatabase } from './every-database.ts'
import { fileProject } from './file-project.ts'
import { projectOf } from './squash-project.ts'

/** Rows that break a constraint: it was not checked over them, and is over those of a checkpoint. */
const broken = {
  postgres: 'INSERT INTO notes VALUES (-1, NULL);\nALTER TABLE notes ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;\n',
  mysql: 'SET foreign_key_checks = 0;\nINSERT INTO notes VALUES (1, 7);\n',
  mariadb: 'SET foreign_key_checks = 0;\nINSERT INTO notes VALUES (1, 7);\n',
  sqlite: 'PRAGMA ignore_check_constraints = ON;\nINSERT INTO notes VALUES (-1, NULL);\n',
} satisfies Record<DatabaseKind, string>

/** What an insert of the rows alone would not keep: what triggers do, references in circles, and what each database has of its own. */
const kept = {
  postgres: {
    tables: `CREATE SEQUENCE apart;\nCREATE TABLE wide (${Array.from({ length: 120 }, (_, n) => `c${n} INTEGER`).join(', ')});\nCREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO journal VALUES (NEW.id); RETURN NEW; END $$;\nCREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION follow();\n`,
    rows: `SELECT setval('apart', 40, false);\nINSERT INTO wide (c0) VALUES (1);\nCREATE MATERIALIZED VIEW summary AS SELECT count(*) AS notes FROM notes;\n`,
    look: ["SELECT nextval('apart')", 'SELECT notes FROM summary', 'SELECT c0, c119 FROM wide'],
  },
  mysql: {
    tables:
      'CREATE TABLE numbered (id INTEGER AUTO_INCREMENT PRIMARY KEY, part FLOAT);\nCREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW INSERT INTO journal VALUES (NEW.id);\n',
    rows: "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\nINSERT INTO numbered VALUES (0, 0.123456789);\nALTER TABLE numbered AUTO_INCREMENT = 70;\n",
    look: ['SELECT id, part + 0e0 FROM numbered', 'INSERT INTO numbered VALUES (NULL, 1)', 'SELECT max(id) FROM numbered'],
  },
  mariadb: {
    tables:
      'CREATE TABLE numbered (id INTEGER AUTO_INCREMENT PRIMARY KEY, part FLOAT);\nCREATE SEQUENCE apart;\nCREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW INSERT INTO journal VALUES (NEW.id);\n',
    rows: "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\nINSERT INTO numbered VALUES (0, 0.123456789);\nALTER TABLE numbered AUTO_INCREMENT = 70;\nSELECT setval(apart, 40);\n",
    look: [
      'SELECT id, part + 0e0 FROM numbered',
      'INSERT INTO numbered VALUES (NULL, 1)',
      'SELECT max(id) FROM numbered',
      'SELECT nextval(apart)',
    ],
  },
  sqlite: {
    tables:
      'CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT);\nCREATE TRIGGER followed AFTER INSERT ON notes BEGIN INSERT INTO journal VALUES (NEW.id); END;\n',
    rows: "INSERT INTO numbered VALUES (1, 'a' || char(0) || 'b'), (70, 'c');\nDELETE FROM numbered WHERE id = 70;\n",
    look: ['SELECT hex(what) FROM numbered', 'INSERT INTO numbered (what) VALUES (1)', 'SELECT max(id) FROM numbered'],
  },
} satisfies Record<DatabaseKind, { readonly tables: string; readonly rows: string; readonly look: readonly string[] }>

const many = Array.from({ length: 260 }, (_, at) => `(${at + 1}, ${at === 259 ? 'NULL' : at + 2})`).join(', ')
const off = {
  postgres: '',
  sqlite: 'PRAGMA defer_foreign_keys = ON;\n',
  mysql: 'SET foreign_key_checks = 0;\n',
  mariadb: 'SET foreign_key_checks = 0;\n',
}

describe.each(await everyDatabase())('the proof of a checkpoint on $name', ({ kind, open }) => {
  const tables =
    'CREATE TABLE notes (id INTEGER PRIMARY KEY, follows INTEGER, FOREIGN KEY (follows) REFERENCES notes (id));\nCREATE TABLE journal (id INTEGER);\n'

  test('is what refuses one whose rows a constraint does not let in; nothing is written then', async () => {
    const check = kind === 'sqlite' ? tables.replace('PRIMARY KEY', 'PRIMARY KEY CHECK (id > 0)') : tables
    using made = fileProject({
      'migrations/001_notes.sql': check,
      'migrations/002_more.sql': 'CREATE TABLE more (id INTEGER PRIMARY KEY);\n',
      'migrations/003_rows.sql': broken[kind],
    })
    await using database = await open(made.directory)
    const project = projectOf(made, database.dialect, database.url)
    await expect(squash(project)).rejects.toMatchObject({
      code: 'YAMA_SQUASH_PROOF',
      message: expect.stringContaining('it does not run') as unknown,
    })
    expect(readdirSync(join(made.directory, 'migrations'))).toEqual(['001_notes.sql', '002_more.sql', '003_rows.sql'])
    // Up to the migration before the rows it holds, as the hint says.
    await expect(squash(project, { to: '2', preview: true })).resolves.toMatchObject({ covers: ['001_notes', '002_more'] })
  }, 300_000)

  test('holds for what an insert of the rows alone would not keep', async () => {
    const ends: unknown[] = []
    for (const squashed of [false, true]) {
      using made = fileProject({
        'migrations/001_tables.sql': tables + kept[kind].tables,
        'migrations/002_rows.sql': `${off[kind]}INSERT INTO notes VALUES ${many};\n${kept[kind].rows}`,
      })
      await using database = await open(made.directory)
      if (squashed) await squash(projectOf(made, database.dialect, database.url))
      await using yama = createYama({
        dialect: database.dialect,
        sources: [migrationFiles({ directory: 'migrations', root: made.directory, dialect: database.dialect })],
      })
      await yama.apply(await yama.plan({ up: 'latest' }))
      const looks = ['SELECT count(*), sum(follows) FROM notes', 'SELECT count(*) FROM journal', ...kept[kind].look]
      const seen: unknown[] = []
      for (const sql of looks) seen.push((await database.query(sql)).map((row) => Object.values(row as object).map(String)))
      ends.push(seen)
    }
    expect(ends[1]).toEqual(ends[0])
  }, 300_000)
})
