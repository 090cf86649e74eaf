import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { squash } from '@yama/authoring'
import type { DatabaseKind } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { everyDatabase } from './every-database.ts'
import { fileProject } from './file-project.ts'
import { projectOf } from './squash-project.ts'

/** A trigger that writes what an insert brings elsewhere: a checkpoint makes it first, and its own rows set it off again. */
const follows = {
  postgres: `CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO journal VALUES (NEW.what); RETURN NEW; END $$;\nCREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION follow();\n`,
  mysql: 'CREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW INSERT INTO journal VALUES (NEW.what);\n',
  mariadb: 'CREATE TRIGGER followed AFTER INSERT ON notes FOR EACH ROW INSERT INTO journal VALUES (NEW.what);\n',
  sqlite: 'CREATE TRIGGER followed AFTER INSERT ON notes BEGIN INSERT INTO journal VALUES (NEW.what); END;\n',
} satisfies Record<DatabaseKind, string>

describe.each(await everyDatabase())('the proof of a checkpoint on $name', ({ kind, open }) => {
  test('is what refuses one whose rows set a trigger off again; nothing is written then', async () => {
    const files = {
      'migrations/001_notes.sql': 'CREATE TABLE notes (what VARCHAR(20));\nCREATE TABLE journal (what VARCHAR(20));\n',
      'migrations/002_follow.sql': follows[kind],
      'migrations/003_rows.sql': "INSERT INTO notes VALUES ('a');\n",
    }
    using made = fileProject(files)
    await using database = await open(made.directory)
    const project = projectOf(made, database.dialect, database.url)
    await expect(squash(project)).rejects.toMatchObject({
      code: 'YAMA_SQUASH_PROOF',
      message: expect.stringContaining('the rows or the positions of sequences differ') as unknown,
    })
    expect(readdirSync(join(made.directory, 'migrations'))).toEqual(['001_notes.sql', '002_follow.sql', '003_rows.sql'])
    // Up to the migration before the rows it holds, as the hint says.
    await expect(squash(project, { to: '2', preview: true })).resolves.toMatchObject({ covers: ['001_notes', '002_follow'] })
  }, 300_000)
})
