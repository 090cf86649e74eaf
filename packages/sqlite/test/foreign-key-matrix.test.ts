import { isBatchFailure } from '@yama/core'
import { describe, expect, it } from 'vitest'
import { difference, memberId, objectId, type Rename } from '@yama/schema'
import { change, facts, load, sqlOf } from './open-memory.ts'

const PARENT =
  "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT DEFAULT 'x', spare TEXT CHECK (spare <> ''), code TEXT NOT NULL)"
const CHILD = (rule: string): string =>
  `CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER DEFAULT 1 REFERENCES parent (id) ON DELETE ${rule} ON UPDATE ${rule}, note TEXT)`
const ROWS = `
  INSERT INTO parent (id, label, spare, code) VALUES (1, 'a', 's', 'c1'), (2, 'b', 's', 'c2'), (900, 'gone', 's', 'c3');
  DELETE FROM parent WHERE id = 900;
  INSERT INTO child (id, parent_id, note) VALUES (1, 1, 'n'), (2, 2, 'n'), (3, NULL, 'n');`

/** How parent and child refer to each other. */
const shapes: Readonly<Record<string, string>> = {
  CASCADE: `${PARENT}; ${CHILD('CASCADE')}; ${ROWS}`,
  'SET NULL': `${PARENT}; ${CHILD('SET NULL')}; ${ROWS}`,
  'SET DEFAULT': `${PARENT}; ${CHILD('SET DEFAULT')}; ${ROWS}`,
  RESTRICT: `${PARENT}; ${CHILD('RESTRICT')}; ${ROWS}`,
  self: `${PARENT.replace(/\)$/, ', up INTEGER REFERENCES parent (id) ON DELETE CASCADE)')}; ${CHILD('CASCADE')}; ${ROWS} UPDATE parent SET up = 1 WHERE id = 2;`,
  cycle: `${PARENT.replace(/\)$/, ', favourite INTEGER REFERENCES child (id) ON DELETE CASCADE)')}; ${CHILD('CASCADE')}; ${ROWS} UPDATE parent SET favourite = id;`,
}
/** What happens to the parent. */
const changes: Readonly<Record<string, { readonly to: (sql: string) => string; readonly renames?: readonly Rename[] }>> = {
  default: { to: (sql) => sql.replace("DEFAULT 'x'", "DEFAULT 'y'") },
  type: { to: (sql) => sql.replace('code TEXT', 'code VARCHAR(20)') },
  'drop column': { to: (sql) => sql.replace(", spare TEXT CHECK (spare <> '')", '') },
  rename: {
    to: (sql) => sql.replace('code TEXT NOT NULL', 'kind TEXT NOT NULL').replace("DEFAULT 'x'", "DEFAULT 'y'"),
    renames: [{ from: memberId('column', '', 'parent', 'code'), to: memberId('column', '', 'parent', 'kind') }],
  },
  'rename table': {
    to: (sql) => sql.replaceAll('parent (', 'elder (').replace("DEFAULT 'x'", "DEFAULT 'y'"),
    renames: [{ from: objectId('table', '', 'parent'), to: objectId('table', '', 'elder') }],
  },
  'primary key': {
    to: (sql) =>
      sql
        .replace('id INTEGER PRIMARY KEY AUTOINCREMENT, label', 'id INTEGER NOT NULL UNIQUE, label')
        .replace('code TEXT NOT NULL', 'code TEXT NOT NULL PRIMARY KEY'),
  },
}

const statements = (sql: string): string =>
  sql
    .split(';')
    .filter((text) => /^\s*CREATE/.test(text))
    .join(';\n')

describe('rows survive a rebuild', () => {
  for (const [shape, sql] of Object.entries(shapes)) {
    it.each(Object.entries(changes))(`${shape} × %s`, async (_, { to, renames = [] }) => {
      await using database = await load(sql)
      await using wanted = await load(to(statements(sql)))
      const after = await facts(wanted)
      const children = async (): Promise<unknown> => (await database.execute('SELECT * FROM child ORDER BY id')).rows
      const rows = await children()
      const plan = await change(database, after, renames, async () => await load(statements(sql)))
      expect(sqlOf(plan)).toContain('PRAGMA foreign_keys = OFF')
      expect(difference(await facts(database), after)).toEqual([])
      expect(await children()).toEqual(rows)
      const parent = after.facts.has('table:elder') ? 'elder' : 'parent'
      expect((await database.execute(`SELECT label FROM ${parent} ORDER BY id`)).rows).toEqual([{ label: 'a' }, { label: 'b' }])
      expect((await database.execute('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }])
      expect((await database.execute('PRAGMA legacy_alter_table')).rows).toEqual([{ legacy_alter_table: 0 }])
      expect((await database.execute('PRAGMA foreign_key_check')).rows).toEqual([])
      if (
        after.facts.get(`table:${parent}`)?.payload !== undefined &&
        JSON.stringify(after.facts.get(`table:${parent}`)?.payload).includes('autoincrement')
      ) {
        expect((await database.execute('SELECT seq FROM sqlite_sequence WHERE name = ?', [parent])).rows).toEqual([{ seq: 900 }])
      }
    })
  }
})

describe('inside a transaction of the caller, where foreign keys cannot be switched off, nothing is rebuilt and no row goes', () => {
  for (const [shape, sql] of Object.entries(shapes)) {
    it.each(Object.entries(changes).filter(([name]) => !name.startsWith('rename')))(`${shape} × %s`, async (_, { to }) => {
      await using database = await load(sql)
      await using wanted = await load(to(statements(sql)))
      const after = await facts(wanted)
      const before = await facts(database)
      const seen = async (): Promise<unknown> => [
        (await database.execute('SELECT * FROM child ORDER BY id')).rows,
        (await database.execute('SELECT * FROM parent ORDER BY id')).rows,
      ]
      const rows = await seen()
      const inside = database.transaction(async () => {
        await change(database, after)
      })
      const failure: unknown = await inside.catch((error: unknown) => error)
      expect(isBatchFailure(failure) ? failure.cause : failure).toMatchObject({ code: 'YAMA_SQLITE_FOREIGN_KEYS_STUCK' })
      expect(await seen()).toEqual(rows)
      expect(difference(await facts(database), before)).toEqual([])
    })
  }
})
