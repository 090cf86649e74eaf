import { expect, it } from 'vitest'
import { difference, findRenames, type Rename } from '@yama/schema'
import { change, facts, load, run, sqlOf } from './open-memory.ts'

const SCHEMA = `
  CREATE TABLE log (message TEXT);
  CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE, age INT CHECK (age > 0),
    shout TEXT GENERATED ALWAYS AS (upper(email)) VIRTUAL
  );
  CREATE INDEX users_by_mail ON users (lower(email), age DESC) WHERE age IS NOT NULL;
  CREATE VIEW adults AS SELECT email FROM users WHERE age > 17;
  CREATE VIEW adult_count AS SELECT count(*) AS n FROM adults;
`
const TRIGGERS = `
  CREATE TRIGGER users_ai AFTER INSERT ON users BEGIN INSERT INTO log VALUES ('new; ' || new.email); END;
  CREATE TRIGGER log_ai AFTER INSERT ON log WHEN new.message = 'clean' BEGIN DELETE FROM users; END;
`
const ROWS = "INSERT INTO users (email, age) VALUES ('a@x', 20), ('b@x', NULL); DELETE FROM log;"

it('keeps indexes, triggers, views, generated columns and numbering', async () => {
  await using database = await load(SCHEMA + TRIGGERS + ROWS)
  await using wanted = await load(SCHEMA.replace('age INT CHECK (age > 0)', 'age BIGINT CHECK (age > 1)') + TRIGGERS)
  const after = await facts(wanted)
  const plan = await change(database, after)
  expect(difference(await facts(database), after)).toEqual([])
  expect(plan.losses).toEqual([])
  await run(database, "INSERT INTO users (email) VALUES ('c@x')")
  expect((await database.execute('SELECT * FROM users')).rows).toEqual([
    { id: 1, email: 'a@x', age: 20, shout: 'A@X' },
    { id: 2, email: 'b@x', age: null, shout: 'B@X' },
    { id: 3, email: 'c@x', age: null, shout: 'C@X' },
  ])
  expect((await database.execute('SELECT * FROM log')).rows).toEqual([{ message: 'new; c@x' }])
  expect((await database.execute('SELECT n FROM adult_count')).rows).toEqual([{ n: 1 }])
  expect([...(await facts(database)).facts.keys()].filter((id) => id.startsWith('trigger:')).sort()).toEqual([
    'trigger:log.log_ai',
    'trigger:users.users_ai',
  ])
})

it('makes one rebuild of many changes, and its text runs in other tools as it is', async () => {
  await using database = await load(SCHEMA + ROWS)
  await using wanted = await load(
    `
    CREATE TABLE log (message TEXT);
    CREATE TABLE users (
      id INTEGER PRIMARY KEY AUTOINCREMENT, email VARCHAR(200) NOT NULL, age INT NOT NULL DEFAULT 7,
      made TEXT DEFAULT CURRENT_TIMESTAMP, state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'old')), CONSTRAINT one_mail UNIQUE (email)
    ) STRICT;
    CREATE INDEX users_by_state ON users (state);`.replace('VARCHAR(200)', 'TEXT'),
  )
  await run(database, 'UPDATE users SET age = 1 WHERE age IS NULL')
  const plan = await change(database, await facts(wanted))
  const sql = sqlOf(plan)
  expect(sql.match(/CREATE TABLE/g)).toHaveLength(1)
  expect(sql.match(/DROP TABLE/g)).toHaveLength(1)
  expect((await database.execute('SELECT id, email, age, state FROM users')).rows).toHaveLength(2)
  expect(difference(await facts(database), await facts(wanted))).toEqual([])
  // better-sqlite3 as any other program uses it: statement by statement, foreign keys on.
  const { default: Driver } = await import('better-sqlite3')
  const plain = new Driver(':memory:')
  plain.exec(SCHEMA + ROWS)
  plain.exec('UPDATE users SET age = 1 WHERE age IS NULL')
  plain.exec(sql)
  expect(plain.prepare('SELECT count(*) FROM users').pluck().get()).toBe(2)
  plain.close()
})

it('uses ALTER TABLE where that suffices', async () => {
  await using database = await load('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, z TEXT); CREATE TABLE p (id INTEGER PRIMARY KEY)')
  await using wanted = await load(`
    CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c TEXT NOT NULL DEFAULT 'x', d INT REFERENCES p (id) ON DELETE CASCADE,
      e TEXT CHECK (e IN ('l', 'm')), f INT GENERATED ALWAYS AS (a + 1) VIRTUAL);
    CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE INDEX t_b ON t (b)`)
  const plan = await change(database, await facts(wanted))
  expect(plan.actions.map((action) => action.sql)).toEqual([
    "ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT 'x'",
    'ALTER TABLE t ADD COLUMN d INT REFERENCES p (id) ON DELETE CASCADE',
    "ALTER TABLE t ADD COLUMN e TEXT CHECK (e IN ('l', 'm'))",
    'ALTER TABLE t ADD COLUMN f INT GENERATED ALWAYS AS (a + 1) VIRTUAL',
    'CREATE INDEX t_b ON t (b)',
    'ALTER TABLE t DROP COLUMN z',
  ])
  expect(plan.losses).toEqual([{ fact: 'column:t.z', loss: 'certain', what: 'column z of t with its values' }])
})

it('refuses to leave rows without their parent, and changes nothing', async () => {
  await using database = await load(
    'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p (id) ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)',
  )
  await expect(run(database, 'DROP TABLE p')).rejects.toMatchObject({ code: 'YAMA_SQLITE_FOREIGN_KEY_CHECK' })
  expect((await database.execute('SELECT * FROM c JOIN p ON p.id = c.p')).rows).toHaveLength(1)
  expect((await database.execute('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }])
})

it('counts only violations that are new', async () => {
  await using database = await load(
    'PRAGMA foreign_keys = OFF; CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p (id)); CREATE TABLE old (a)',
  )
  await database.execute('PRAGMA foreign_keys = OFF')
  await database.execute('INSERT INTO c VALUES (7)')
  await database.execute('PRAGMA foreign_keys = ON')
  await run(database, 'DROP TABLE old')
  await expect(run(database, 'CREATE TABLE x (a); DROP TABLE x; INSERT INTO c VALUES (8)')).rejects.toMatchObject({
    code: 'YAMA_SQLITE_FOREIGN_KEY_CHECK',
  })
})

it('refuses a rebuild that copied too few rows', async () => {
  await using database = await load('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)')
  const sql =
    'CREATE TABLE _yama_new_t (a); INSERT INTO _yama_new_t SELECT a FROM t WHERE a > 1; DROP TABLE t /* yama:rebuilt */; ALTER TABLE _yama_new_t RENAME TO t'
  await expect(run(database, sql)).rejects.toMatchObject({ cause: { code: 'YAMA_SQLITE_REBUILD_ROWS' } })
  expect((await database.execute('SELECT * FROM t')).rows).toHaveLength(2)
})

it('refuses to break a trigger that names a dropped column', async () => {
  await using database = await load(SCHEMA + TRIGGERS + ROWS)
  await using wanted = await load(
    `CREATE TABLE log (message TEXT); CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, age INT CHECK (age > 0));${TRIGGERS}`,
  )
  await expect(change(database, await facts(wanted))).rejects.toMatchObject({ code: 'YAMA_SQLITE_BROKEN_OBJECTS' })
  expect((await database.execute('SELECT email FROM users')).rows).toHaveLength(2)
})

it('passes over BEGIN and COMMIT of a file and refuses ROLLBACK', async () => {
  await using database = await load(
    'PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE t (a); COMMIT TRANSACTION; BEGIN TRANSACTION; INSERT INTO t VALUES (1); END; PRAGMA foreign_keys=ON;',
  )
  expect((await database.execute('SELECT * FROM t')).rows).toHaveLength(1)
  await expect(run(database, 'INSERT INTO t VALUES (2); ROLLBACK')).rejects.toMatchObject({
    cause: { code: 'YAMA_SQLITE_ROLLBACK_STATEMENT' },
  })
  expect((await database.execute('SELECT * FROM t')).rows).toHaveLength(1)
})

it('asks before names that differ in case only are taken for two objects, and renames them', async () => {
  const old =
    'CREATE TABLE USERS (Id INTEGER PRIMARY KEY, "Name" TEXT); CREATE TABLE c (u INT REFERENCES USERS (Id)); INSERT INTO USERS VALUES (1, \'a\'); INSERT INTO c VALUES (1)'
  await using database = await load(old)
  await using wanted = await load('CREATE TABLE users (Id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE c (u INT REFERENCES users (Id))')
  const [before, after] = [await facts(database), await facts(wanted)]
  const asked = (decided: readonly Rename[]): readonly Rename[] =>
    findRenames(before, after, decided).candidates.map(({ from, to }) => ({ from: from.id, to: to.id }))
  const tables = asked([])
  expect(tables).toEqual([{ from: 'table:USERS', to: 'table:users' }])
  const renames = [...tables, ...asked(tables)]
  await change(database, after, renames, async () => await load(old))
  expect(difference(await facts(database), after)).toEqual([])
  expect((await database.execute('SELECT name FROM users JOIN c ON u = Id')).rows).toEqual([{ name: 'a' }])
})

it('keeps the values of a column that is written in other upper and lower case, renamed or in a rebuild', async () => {
  for (const wanted of [
    'CREATE TABLE t (ID INTEGER PRIMARY KEY, Name TEXT)',
    "CREATE TABLE t (id INTEGER PRIMARY KEY, NAME VARCHAR(9) NOT NULL DEFAULT '')",
  ]) {
    await using database = await load("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'kept')")
    await using other = await load(wanted)
    const after = await facts(other)
    expect((await change(database, after)).losses).toEqual([])
    expect(difference(await facts(database), after)).toEqual([])
    expect((await database.execute('SELECT id AS id, name AS name FROM t')).rows).toEqual([{ id: 1, name: 'kept' }])
  }
})

it.each([
  ['alone', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CONSTRAINT new CHECK (a > 0), CONSTRAINT one_a UNIQUE (a))'],
  [
    'beside a new column',
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, CONSTRAINT new CHECK (a > 0), CONSTRAINT one_a UNIQUE (a))',
  ],
])('gives constraints other names, %s', async (_name, wanted) => {
  await using database = await load(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CONSTRAINT old CHECK (a > 0), CONSTRAINT a_once UNIQUE (a)); INSERT INTO t (a) VALUES (1)',
  )
  await using other = await load(wanted)
  const [before, after] = [await facts(database), await facts(other)]
  const { renames } = findRenames(before, after)
  expect(renames).toHaveLength(2)
  await change(database, after, renames)
  expect(difference(await facts(database), after)).toEqual([])
  expect((await database.execute('SELECT id, a FROM t')).rows).toEqual([{ id: 1, a: 1 }])
})
