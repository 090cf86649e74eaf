import type { BranchCase } from '../branch-case.ts'
import { add, checked, dropCheck, foreignKey, notNull, otherCheck, parents, t, text, users } from './fixtures.ts'

export const integrationCases: readonly BranchCase[] = [
  // commutativity.integration.test.ts
  {
    name: 'a column added, another dropped',
    base: t,
    a: [`ALTER TABLE t ADD COLUMN d ${text}`],
    b: ['ALTER TABLE t DROP COLUMN c'],
    expect: 'commute',
  },
  {
    name: 'NOT NULL and another type for one column',
    base: t,
    a: {
      postgres: ['ALTER TABLE t ALTER COLUMN c SET NOT NULL'],
      mysql: [`ALTER TABLE t MODIFY c ${text} NOT NULL`],
      sqlite: [
        `CREATE TABLE t_new (id int, c ${text} NOT NULL)`,
        'INSERT INTO t_new SELECT id, c FROM t',
        'DROP TABLE t',
        'ALTER TABLE t_new RENAME TO t',
      ],
    },
    b: {
      postgres: ['ALTER TABLE t ALTER COLUMN c TYPE int USING c::int'],
      mysql: ['ALTER TABLE t MODIFY c int'],
      sqlite: [
        'CREATE TABLE t_new (id int, c int)',
        'INSERT INTO t_new SELECT id, c FROM t',
        'DROP TABLE t',
        'ALTER TABLE t_new RENAME TO t',
      ],
    },
    expect: 'conflict',
  },
  { name: 'the table dropped, an index made', base: t, a: ['DROP TABLE t'], b: ['CREATE INDEX test_idx ON t (c)'], expect: 'conflict' },
  {
    name: 'the table dropped, a column added',
    base: t,
    a: ['DROP TABLE t'],
    b: [`ALTER TABLE t ADD COLUMN d ${text}`],
    expect: 'conflict',
  },
  {
    name: 'the primary key changed, and dropped',
    base: {
      postgres: ['CREATE TABLE t (id int NOT NULL, c int NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (id))'],
      mysql: ['CREATE TABLE t (id int NOT NULL, c int NOT NULL, PRIMARY KEY (id))'],
    },
    a: {
      postgres: ['ALTER TABLE t DROP CONSTRAINT t_pkey', 'ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id, c)'],
      mysql: ['ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, c)'],
    },
    b: { postgres: ['ALTER TABLE t DROP CONSTRAINT t_pkey'], mysql: ['ALTER TABLE t DROP PRIMARY KEY'] },
    expect: 'conflict',
  },
  {
    name: 'a unique key with its column, and another key dropped',
    base: {
      postgres: [`CREATE TABLE t (c ${text}, CONSTRAINT t_c UNIQUE (c))`],
      mysql: [`CREATE TABLE t (c ${text}, CONSTRAINT t_c UNIQUE (c))`],
    },
    a: {
      postgres: [`ALTER TABLE t ADD COLUMN d ${text}`, 'ALTER TABLE t ADD CONSTRAINT t_d UNIQUE (d)'],
      mysql: [`ALTER TABLE t ADD COLUMN d ${text}`, 'ALTER TABLE t ADD CONSTRAINT t_d UNIQUE (d)'],
    },
    b: { postgres: ['ALTER TABLE t DROP CONSTRAINT t_c'], mysql: ['ALTER TABLE t DROP INDEX t_c'] },
    expect: 'commute',
  },
  {
    name: 'a foreign key made anew, and dropped',
    base: { postgres: [...parents, foreignKey], mysql: [...parents, foreignKey] },
    a: {
      postgres: ['ALTER TABLE t DROP CONSTRAINT t_p', `${foreignKey} ON DELETE CASCADE`],
      mysql: ['ALTER TABLE t DROP FOREIGN KEY t_p', `${foreignKey} ON DELETE CASCADE`],
    },
    b: { postgres: ['ALTER TABLE t DROP CONSTRAINT t_p'], mysql: ['ALTER TABLE t DROP FOREIGN KEY t_p'] },
    expect: 'conflict',
  },
  { name: 'a check changed, and dropped', base: checked, a: otherCheck, b: dropCheck, expect: 'conflict' },
  {
    name: 'a schema is dropped, and an enum made in it',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['DROP SCHEMA app CASCADE'] },
    b: { postgres: ["CREATE TYPE app.status AS ENUM ('pending', 'done')"] },
    expect: 'conflict',
  },
  {
    name: 'a schema is dropped, and another made with a table',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['DROP TABLE app.users', 'DROP SCHEMA app'] },
    b: { postgres: ['CREATE SCHEMA analytics', 'CREATE TABLE analytics.events (id int)'] },
    expect: 'commute',
  },
  // postgres/commutativity-renames.pglite.test.ts
  {
    name: 'a column renamed, made NOT NULL by its old name',
    base: users,
    a: ['ALTER TABLE users RENAME COLUMN email TO mail'],
    b: notNull,
    expect: 'conflict',
  },
  {
    name: 'a column renamed, an unrelated one added',
    base: users,
    a: ['ALTER TABLE users RENAME COLUMN email TO mail'],
    b: add('age'),
    expect: 'commute',
  },
]
