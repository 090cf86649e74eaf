import type { BranchCase } from './branch-case.ts'

/*
 * What a comparison of snapshots does not see: keys, views, triggers and functions that look at what the other branch changes, steps
 * that change rows, and plain SQL.
 */

const text = 'varchar(50)'
const base = [
  'CREATE TABLE teams (id int PRIMARY KEY, name varchar(50))',
  `CREATE TABLE users (id int PRIMARY KEY, team_id int, email ${text}, age int)`,
  `CREATE TABLE log (id int, note ${text})`,
  "INSERT INTO teams (id, name) VALUES (1, 'red'), (2, 'blue')",
  "INSERT INTO users (id, team_id, email, age) VALUES (1, 1, 'a@x', 20), (2, 2, NULL, NULL)",
]
const key = 'ALTER TABLE users ADD CONSTRAINT users_team FOREIGN KEY (team_id) REFERENCES teams (id)'
const members = 'CREATE TABLE members (id int PRIMARY KEY, team_id int REFERENCES teams (id))'
const membersKey = 'CREATE TABLE members (id int PRIMARY KEY, team_id int, FOREIGN KEY (team_id) REFERENCES teams (id))'
const view = 'CREATE VIEW adults AS SELECT id, email FROM users WHERE age > 18'
const viewed = [...base, view]
const touch = [
  'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (id, note) VALUES (NEW.id, NULL); RETURN NEW; END $$',
]
const trigger = {
  postgres: ['CREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()'],
  sqlite: ['CREATE TRIGGER users_touch AFTER UPDATE ON users BEGIN INSERT INTO log (id, note) VALUES (NEW.id, NULL); END'],
  mysql: ['CREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW INSERT INTO log (id, note) VALUES (NEW.id, NULL)'],
}
const triggered = {
  postgres: [...base, ...touch, ...trigger.postgres],
  sqlite: [...base, ...trigger.sqlite],
  mysql: [...base, ...trigger.mysql],
}
const twice = "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'"
const thrice = "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 3'"
const mood = "CREATE TYPE mood AS ENUM ('ok', 'sad')"
const dropAge = ['ALTER TABLE users DROP COLUMN age']

export const missedCases: readonly BranchCase[] = [
  // Foreign keys and what they refer to
  {
    name: 'a foreign key made, its target dropped',
    base,
    a: { postgres: [key], mysql: [key] },
    b: { postgres: ['DROP TABLE teams'], mysql: ['DROP TABLE teams'] },
    expect: 'conflict',
  },
  {
    name: 'a table with a foreign key made, its target dropped',
    base,
    a: { postgres: [members], mysql: [membersKey], sqlite: [members] },
    b: ['DROP TABLE teams'],
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, its target renamed',
    base,
    a: { postgres: [key], mysql: [key] },
    b: ['ALTER TABLE teams RENAME TO groups_of_people'],
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, the key that it needs dropped',
    base: { postgres: base, mysql: base },
    a: { postgres: [key], mysql: [key] },
    b: { postgres: ['ALTER TABLE teams DROP CONSTRAINT teams_pkey'], mysql: ['ALTER TABLE teams DROP PRIMARY KEY'] },
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, its own column dropped',
    base,
    a: { postgres: [key], mysql: [key] },
    b: { postgres: ['ALTER TABLE users DROP COLUMN team_id'], mysql: ['ALTER TABLE users DROP COLUMN team_id'] },
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, a row of its target removed',
    base,
    a: { postgres: [key], mysql: [key] },
    b: ['DELETE FROM teams WHERE id = 2'],
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, a column added to its target',
    base,
    a: { postgres: [key], mysql: [key] },
    b: ['ALTER TABLE teams ADD COLUMN city varchar(50)'],
    expect: 'commute',
  },
  // Views
  { name: 'a view made, a column of it dropped', base, a: [view], b: dropAge, expect: 'conflict' },
  { name: 'a view made, a column of it renamed', base, a: [view], b: ['ALTER TABLE users RENAME COLUMN age TO years'], expect: 'conflict' },
  {
    name: 'a view made, the type of a column of it changed',
    base: { postgres: base, mysql: base },
    a: [view],
    b: { postgres: ['ALTER TABLE users ALTER COLUMN age TYPE bigint'], mysql: ['ALTER TABLE users MODIFY age bigint'] },
    expect: 'conflict',
    ours: { verdict: 'conflict', on: ['mysql'], because: 'a view of MySQL keeps the types that it had when it was made' },
  },
  { name: 'a view made, its table dropped', base, a: [view], b: ['DROP TABLE users'], expect: 'conflict' },
  { name: 'a view made, another column added', base, a: [view], b: ['ALTER TABLE users ADD COLUMN city varchar(50)'], expect: 'commute' },
  {
    name: 'a view of all columns made, a column added',
    base,
    a: ['CREATE VIEW everybody AS SELECT * FROM users'],
    b: ['ALTER TABLE users ADD COLUMN city varchar(50)'],
    expect: 'conflict',
    ours: { verdict: 'commute', because: 'SQLite reads the star anew each time, the others when the view is made', on: ['sqlite'] },
  },
  {
    name: 'rows read through a view, its table changed',
    base: viewed,
    a: ['INSERT INTO log (id, note) SELECT id, email FROM adults'],
    b: ['UPDATE users SET age = 30 WHERE id = 2'],
    expect: 'conflict',
  },
  {
    name: 'rows read through a view, the view dropped',
    base: viewed,
    a: ['INSERT INTO log (id, note) SELECT id, email FROM adults'],
    b: ['DROP VIEW adults'],
    expect: 'conflict',
  },
  // Triggers and functions
  {
    name: 'a trigger made, its function replaced',
    base: { postgres: [...base, ...touch] },
    a: trigger,
    b: { postgres: ['CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$'] },
    expect: 'commute',
  },
  {
    name: 'a trigger made, its function dropped',
    base: { postgres: [...base, ...touch] },
    a: trigger,
    b: { postgres: ['DROP FUNCTION touch()'] },
    expect: 'conflict',
  },
  {
    name: 'a trigger made, the rows that it watches changed',
    base: { postgres: [...base, ...touch], sqlite: base, mysql: base },
    a: trigger,
    b: ['UPDATE users SET age = 30 WHERE id = 1'],
    expect: 'conflict',
  },
  {
    name: 'a trigger that is there writes into a table that is dropped',
    base: triggered,
    a: ['UPDATE users SET age = 30 WHERE id = 1'],
    b: ['DROP TABLE log'],
    expect: 'conflict',
  },
  {
    name: 'a trigger that is there writes what the other branch reads',
    base: triggered,
    a: ['UPDATE users SET age = 30 WHERE id = 1'],
    b: ["UPDATE log SET note = 'seen'"],
    expect: 'conflict',
  },
  {
    name: 'an index calls a function that is replaced',
    base: { postgres: [...base, twice] },
    a: { postgres: ['CREATE INDEX users_twice ON users (twice(age))'] },
    b: { postgres: [thrice] },
    expect: 'conflict',
  },
  {
    name: 'a generated column calls a function that is dropped',
    base: { postgres: [...base, twice] },
    a: { postgres: ['ALTER TABLE users ADD COLUMN double_age int GENERATED ALWAYS AS (twice(age)) STORED'] },
    b: { postgres: ['DROP FUNCTION twice(int)'] },
    expect: 'conflict',
  },
  {
    name: 'a policy calls a function that is dropped',
    base: { postgres: [...base, twice] },
    a: { postgres: ['CREATE POLICY grown ON users USING (twice(age) > 36)'] },
    b: { postgres: ['DROP FUNCTION twice(int)'] },
    expect: 'conflict',
  },
  {
    name: 'rows are changed by a function that is replaced',
    base: { postgres: [...base, twice] },
    a: { postgres: ['UPDATE users SET age = twice(age)'] },
    b: { postgres: [thrice] },
    expect: 'conflict',
  },
  {
    name: 'a default calls a function that is dropped',
    base: { postgres: [...base, "CREATE FUNCTION start_age() RETURNS int LANGUAGE sql AS 'SELECT 18'"] },
    a: { postgres: ['ALTER TABLE users ALTER COLUMN age SET DEFAULT start_age()'] },
    b: { postgres: ['DROP FUNCTION start_age()'] },
    expect: 'conflict',
  },
  {
    name: 'one function replaced twice',
    base: { postgres: [...base, twice] },
    a: { postgres: [thrice] },
    b: { postgres: [thrice.replace('* 3', '* 4')] },
    expect: 'conflict',
  },
  // Schemas and names
  {
    name: 'a schema renamed, a table of it changed by the old name',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['ALTER SCHEMA app RENAME TO core'] },
    b: { postgres: ['ALTER TABLE app.users ADD COLUMN email varchar(50)'] },
    expect: 'conflict',
  },
  {
    name: 'a schema renamed, rows of a table of it changed by the old name',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['ALTER SCHEMA app RENAME TO core'] },
    b: { postgres: ['DELETE FROM app.users'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both dropped',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: dropAge },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both renamed',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: ['ALTER TABLE users RENAME COLUMN age TO years'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, the table below both dropped',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: ['DROP TABLE users'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both renamed, which both follow',
    base: { postgres: viewed, sqlite: viewed },
    a: ['CREATE VIEW names AS SELECT email FROM adults'],
    b: ['ALTER TABLE users RENAME COLUMN age TO years'],
    expect: 'commute',
  },
  {
    name: 'a column of an enum written, a value renamed',
    base: { postgres: [...base, mood, 'ALTER TABLE users ADD COLUMN mood mood'] },
    a: { postgres: ["UPDATE users SET mood = 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'a default of an enum by a cast, a value renamed',
    base: { postgres: [...base, mood, 'ALTER TABLE users ADD COLUMN mood mood'] },
    a: { postgres: ["ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'sad'::mood"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'rows chosen by a column that the other branch writes',
    base,
    a: ['UPDATE users SET email = NULL WHERE age > 10'],
    b: ['UPDATE users SET age = 5'],
    expect: 'conflict',
  },
  { name: 'rows removed by a column that is dropped', base, a: ['DELETE FROM users WHERE age > 30'], b: dropAge, expect: 'conflict' },
  {
    name: 'rows removed by a column that is renamed',
    base,
    a: ['DELETE FROM users WHERE age > 30'],
    b: ['ALTER TABLE users RENAME COLUMN age TO years'],
    expect: 'conflict',
  },
  {
    name: 'rows put or changed by a column that is dropped',
    base: { postgres: base, sqlite: base },
    a: {
      postgres: ["INSERT INTO users (id, email) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET email = 'z' WHERE users.age > 10"],
      sqlite: ["INSERT INTO users (id, email) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET email = 'z' WHERE users.age > 10"],
    },
    b: dropAge,
    expect: 'conflict',
  },
  // Enums
  {
    name: 'two values at the end of one enum',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm'"] },
    b: { postgres: ["ALTER TYPE mood ADD VALUE 'angry'"] },
    expect: 'conflict',
  },
  {
    name: 'a value added, another renamed',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'a value added, the enum dropped',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm'"] },
    b: { postgres: ['DROP TYPE mood'] },
    expect: 'conflict',
  },
  {
    name: 'a column of an enum added, a value renamed that its default names',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TABLE users ADD COLUMN mood mood DEFAULT 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'two lists of values for one enum column',
    base: { mysql: [...base, "ALTER TABLE users ADD COLUMN mood enum('ok','sad')"] },
    a: { mysql: ["ALTER TABLE users MODIFY mood enum('ok','sad','calm')"] },
    b: { mysql: ["ALTER TABLE users MODIFY mood enum('ok','sad','angry')"] },
    expect: 'conflict',
  },
  // Steps that change rows
  { name: 'a column filled, and dropped', base, a: ['UPDATE users SET age = 1 WHERE age IS NULL'], b: dropAge, expect: 'conflict' },
  {
    name: 'a column filled, and made NOT NULL',
    base: { postgres: [...base, 'DELETE FROM users'], mysql: [...base, 'DELETE FROM users'] },
    a: ['UPDATE users SET age = 1 WHERE age IS NULL'],
    b: { postgres: ['ALTER TABLE users ALTER COLUMN age SET NOT NULL'], mysql: ['ALTER TABLE users MODIFY age int NOT NULL'] },
    expect: 'conflict',
  },
  {
    name: 'a column filled from one that is dropped',
    base,
    a: ['UPDATE users SET email = age WHERE email IS NULL'].map((sql) => sql.replace('= age', "= 'x' || age")),
    b: dropAge,
    expect: 'conflict',
    on: ['sqlite', 'postgres'],
  },
  {
    name: 'two columns filled',
    base,
    a: ["UPDATE users SET email = 'none' WHERE email IS NULL"],
    b: ['UPDATE users SET age = 1 WHERE age IS NULL'],
    expect: 'commute',
  },
  {
    name: 'one column filled differently',
    base,
    a: ['UPDATE users SET age = 1 WHERE age IS NULL'],
    b: ['UPDATE users SET age = 2 WHERE age IS NULL'],
    expect: 'conflict',
  },
  {
    name: 'rows inserted, a column with a default added',
    base,
    a: ["INSERT INTO users (id, email) VALUES (3, 'c@x')"],
    b: ['ALTER TABLE users ADD COLUMN level int NOT NULL DEFAULT 1'],
    expect: 'commute',
  },
  {
    name: 'rows inserted without naming columns, a column added',
    base,
    a: ["INSERT INTO users VALUES (3, NULL, 'c@x', 5)"],
    b: ['ALTER TABLE users ADD COLUMN level int'],
    expect: 'conflict',
    ours: {
      verdict: 'conflict',
      on: ['postgres'],
      because: 'PostgreSQL fills what is missing; the statement names no column, so it means all of them',
    },
  },
  {
    name: 'rows removed, and copied',
    base,
    a: ['DELETE FROM users WHERE age IS NULL'],
    b: ['INSERT INTO log (id, note) SELECT id, email FROM users'],
    expect: 'conflict',
  },
  {
    name: 'rows inserted, a unique key made',
    base,
    a: ["INSERT INTO users (id, email) VALUES (3, 'a@x')"],
    b: ['CREATE UNIQUE INDEX users_email ON users (email)'],
    expect: 'conflict',
  },
  {
    name: 'rows of one table removed, another table changed',
    base,
    a: ['DELETE FROM log'],
    b: ['UPDATE teams SET name = NULL'],
    expect: 'commute',
  },
  // Plain SQL
  {
    name: 'a block that changes rows, and the column dropped',
    base,
    a: { postgres: ['DO $$ BEGIN UPDATE users SET age = 1; END $$'] },
    b: { postgres: dropAge },
    expect: 'conflict',
  },
  {
    name: 'SQL that is put together while it runs',
    base,
    a: { postgres: ["DO $$ BEGIN EXECUTE 'ALTER TABLE ' || 'users' || ' DROP COLUMN age'; END $$"] },
    b: { postgres: ['CREATE INDEX users_age ON users (age)'] },
    expect: 'conflict',
  },
  {
    name: 'a prepared statement',
    base,
    a: { mysql: ["SET @sql = 'ALTER TABLE users DROP COLUMN age'", 'PREPARE s FROM @sql', 'EXECUTE s'] },
    b: { mysql: ['CREATE INDEX users_age ON users (age)'] },
    expect: 'conflict',
  },
  {
    name: 'a table built anew with its columns written out, a column added',
    base,
    a: {
      sqlite: [
        `CREATE TABLE users_new (id int PRIMARY KEY, team_id int, email ${text}, age int NOT NULL DEFAULT 0)`,
        'INSERT INTO users_new SELECT id, team_id, email, coalesce(age, 0) FROM users',
        'DROP TABLE users',
        'ALTER TABLE users_new RENAME TO users',
      ],
    },
    b: ['ALTER TABLE users ADD COLUMN city varchar(50)'],
    expect: 'conflict',
  },
  {
    name: 'a column restated for NOT NULL, and for a comment',
    base: { mysql: base },
    a: { mysql: [`ALTER TABLE users MODIFY email ${text} DEFAULT 'none'`] },
    b: { mysql: [`ALTER TABLE users MODIFY email ${text} COMMENT 'where to write'`] },
    expect: 'conflict',
  },
]
