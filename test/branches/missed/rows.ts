import type { BranchCase } from '../branch-case.ts'
import { base, dropAge, text } from './fixtures.ts'

export const rowCases: readonly BranchCase[] = [
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
      verdict: 'commute',
      on: ['postgres'],
      because: 'PostgreSQL fills what is missing',
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
