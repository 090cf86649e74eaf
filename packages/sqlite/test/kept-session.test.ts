import { createYama, type Dialect } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { sqlite } from '@yama/sqlite'
import { memorySource } from '@yama/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let directory = ''
let dialect: Dialect
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yama-kept-'))
  dialect = sqlite({ url: `sqlite:${join(directory, 'app.db')}` })
})
afterEach(() => rmSync(directory, { recursive: true }))

/** All that are pending, in one session. An empty text stands for none. */
async function applyAll(files: readonly string[]): Promise<void> {
  const migrations = files.flatMap((text, at) => (text === '' ? [] : [parseSqlMigration(text, `00${String(at + 1)}_m.sql`, dialect)]))
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  await yama.apply(await yama.plan({ up: 'latest' }))
}

it('a PRAGMA of one migration does not hold for the next one', async () => {
  const [tables = '', pragmas = '', key = '', check = ''] = [
    'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), n INTEGER CHECK (n > 0))',
    '-- +migrate Up notransaction\nPRAGMA foreign_keys = OFF;\nPRAGMA ignore_check_constraints = ON;\nPRAGMA legacy_alter_table = ON;',
    'INSERT INTO child VALUES (1, 7, 1)',
    'INSERT INTO child VALUES (2, NULL, -1)',
  ]
  for (const reason of [/FOREIGN KEY/, /FOREIGN KEY/]) await expect(applyAll([tables, pragmas, key, check])).rejects.toThrow(reason)
  await expect(applyAll([tables, pragmas, '', check])).rejects.toThrow(/CHECK/)
})

it('temporary tables and attached files of one migration are not there for the next one', async () => {
  await applyAll([
    'CREATE TABLE t (id INTEGER); CREATE TABLE taken (id INTEGER)',
    'CREATE TEMP TABLE t (id INTEGER); CREATE TEMP VIEW seen AS SELECT id FROM t; CREATE TEMP TRIGGER counts AFTER INSERT ON t BEGIN INSERT INTO taken VALUES (9); END; INSERT INTO t VALUES (1)',
    `ATTACH '${join(directory, 'other.db')}' AS other`,
    `-- +migrate Up notransaction\nATTACH '${join(directory, 'other.db')}' AS other;\nCREATE TABLE other.u (id INTEGER);`,
    'CREATE TEMPORARY TABLE work AS SELECT 2 AS id; INSERT INTO taken SELECT id FROM work; INSERT INTO t VALUES (7)',
    'CREATE TEMPORARY TABLE work AS SELECT 3 AS id; INSERT INTO taken SELECT id FROM work',
  ])
  await using connection = await dialect.connect()
  expect((await connection.execute('SELECT id FROM t UNION ALL SELECT id FROM taken')).rows.map(({ id }) => id)).toEqual([7, 9, 2, 3])
})
