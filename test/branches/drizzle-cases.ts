import type { BranchCase } from './branch-case.ts'

/*
 * What the commutativity tests of drizzle-kit ask (Apache-2.0; drizzle-team/drizzle-orm, branch rc5 at 2ead15b and the facet tests at
 * 55db3bc: drizzle-kit/tests/{postgres,mysql,sqlite}/commutativity*.test.ts), told as SQL. Where the snapshots of a test are no schema
 * that a database takes (a column without its table), the nearest one stands here.
 */

const text = 'varchar(50)'
const users = [`CREATE TABLE users (id int, email ${text})`]
const t = [`CREATE TABLE t (id int, c ${text})`]
const many = [
  `CREATE TABLE users (id int NOT NULL, name ${text}, c int, a int, b int)`,
  `INSERT INTO users (id, c, a, b) VALUES (1, 2, 3, 4)`,
]
const indexed = [...many, `CREATE INDEX ix ON users (c)`]
const notNull = {
  postgres: ['ALTER TABLE users ALTER COLUMN email SET NOT NULL'],
  mysql: [`ALTER TABLE users MODIFY email ${text} NOT NULL`],
}
const dropIndex = { postgres: ['DROP INDEX ix'], sqlite: ['DROP INDEX ix'], mysql: ['DROP INDEX ix ON users'] }
const unique = (name: string, column: string) => ({
  postgres: [`ALTER TABLE users ADD CONSTRAINT ${name} UNIQUE (${column})`],
  mysql: [`ALTER TABLE users ADD CONSTRAINT ${name} UNIQUE (${column})`],
  sqlite: [`CREATE UNIQUE INDEX ${name} ON users (${column})`],
})
const check = {
  postgres: ['ALTER TABLE users ADD CONSTRAINT ck CHECK (c > 0)'],
  mysql: ['ALTER TABLE users ADD CONSTRAINT ck CHECK (c > 0)'],
}
const checked = { postgres: [...many, ...check.postgres], mysql: [...many, ...check.mysql] }
const otherCheck = {
  postgres: ['ALTER TABLE users DROP CONSTRAINT ck', 'ALTER TABLE users ADD CONSTRAINT ck CHECK (c > -5)'],
  mysql: ['ALTER TABLE users DROP CONSTRAINT ck', 'ALTER TABLE users ADD CONSTRAINT ck CHECK (c > -5)'],
}
const dropCheck = { postgres: ['ALTER TABLE users DROP CONSTRAINT ck'], mysql: ['ALTER TABLE users DROP CONSTRAINT ck'] }
const keyed = { postgres: [...many, ...unique('uq', 'c').postgres], mysql: [...many, ...unique('uq', 'c').mysql] }
const otherUnique = {
  postgres: ['ALTER TABLE users DROP CONSTRAINT uq', 'ALTER TABLE users ADD CONSTRAINT uq UNIQUE (c, a)'],
  mysql: ['ALTER TABLE users DROP INDEX uq', 'ALTER TABLE users ADD CONSTRAINT uq UNIQUE (c, a)'],
}
const people = ['ALTER TABLE users RENAME TO people']
const drop = ['DROP TABLE users']
const add = (column: string) => [`ALTER TABLE users ADD COLUMN ${column} int`]
const dropColumn = (column: string) => [`ALTER TABLE users DROP COLUMN ${column}`]
const renameC = ['ALTER TABLE users RENAME COLUMN c TO c2']
const parents = [`CREATE TABLE p (id int PRIMARY KEY)`, `CREATE TABLE t (id int PRIMARY KEY, p_id int)`]
const foreignKey = 'ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id)'
const rebuildWithNotNull = [
  `CREATE TABLE users_new (id int, email ${text} NOT NULL)`,
  'INSERT INTO users_new (id, email) SELECT id, email FROM users',
  'DROP TABLE users',
  'ALTER TABLE users_new RENAME TO users',
]

export const drizzleCases: readonly BranchCase[] = [
  // postgres/ and mysql/commutativity.test.ts, sqlite/commutativity.test.ts
  {
    name: 'the first change of one branch meets a later one of the other',
    base: users,
    a: { ...notNull, sqlite: rebuildWithNotNull },
    b: {
      postgres: ['CREATE TABLE posts (content varchar(50))', 'ALTER TABLE posts ALTER COLUMN content SET NOT NULL', 'DROP TABLE users'],
      mysql: ['CREATE TABLE posts (content varchar(50))', 'ALTER TABLE posts MODIFY content varchar(50) NOT NULL', 'DROP TABLE users'],
      sqlite: ['CREATE TABLE posts (content varchar(50))', 'DROP TABLE users'],
    },
    expect: 'conflict',
  },
  {
    name: 'both branches create the same table, one of them last',
    base: [],
    a: ['CREATE TABLE users (email varchar(50))', 'CREATE TABLE posts (description varchar(50))'],
    b: ['CREATE TABLE posts (id int)', 'CREATE TABLE media (url varchar(50))'],
    expect: 'conflict',
  },
  {
    name: 'a table is dropped, and its column changed',
    base: users,
    a: { ...notNull, sqlite: rebuildWithNotNull },
    b: drop,
    expect: 'conflict',
  },
  {
    name: 'both create the same table differently',
    base: [],
    a: ['CREATE TABLE users (email varchar(50))'],
    b: ['CREATE TABLE users (email varchar(50) NOT NULL)'],
    expect: 'conflict',
  },
  { name: 'two tables', base: [], a: ['CREATE TABLE users (id int)'], b: ['CREATE TABLE posts (id int)'], expect: 'commute' },
  {
    name: 'both add the same column',
    base: ['CREATE TABLE users (id int)'],
    a: ['ALTER TABLE users ADD COLUMN email varchar(50)'],
    b: ["ALTER TABLE users ADD COLUMN email varchar(50) NOT NULL DEFAULT ''"],
    expect: 'conflict',
  },
  {
    name: 'a schema is dropped, and a table made in it',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int NOT NULL)'] },
    a: { postgres: ['DROP TABLE app.users', 'DROP SCHEMA app'] },
    b: { postgres: ['CREATE TABLE app.profiles (id int NOT NULL)'] },
    expect: 'conflict',
  },
  {
    name: 'indexes of two tables',
    base: ['CREATE TABLE orders (customer_id int)', 'CREATE TABLE invoices (account_id int)'],
    a: ['CREATE INDEX orders_customer ON orders (customer_id)'],
    b: ['CREATE INDEX invoices_account ON invoices (account_id)'],
    expect: 'commute',
  },
  {
    name: 'indexes of two columns of one table',
    base: [`CREATE TABLE orders (customer_id int, status ${text})`],
    a: ['CREATE INDEX orders_customer ON orders (customer_id)'],
    b: ['CREATE INDEX orders_status ON orders (status)'],
    expect: 'commute',
  },
  { name: 'the same unique key twice', base: users, a: unique('uq', 'email'), b: unique('uq', 'email'), expect: 'conflict' },
  {
    name: 'views of one name',
    base: users,
    a: ['CREATE VIEW v1 AS SELECT id FROM users'],
    b: ['CREATE VIEW v1 AS SELECT email FROM users'],
    expect: 'conflict',
  },
  {
    name: 'enums of one name',
    base: [],
    a: { postgres: ["CREATE TYPE e1 AS ENUM ('a')"] },
    b: { postgres: ["CREATE TYPE e1 AS ENUM ('a')"] },
    expect: 'conflict',
  },
  {
    name: 'sequences of one name',
    base: [],
    a: { postgres: ['CREATE SEQUENCE s1'] },
    b: { postgres: ['CREATE SEQUENCE s1'] },
    expect: 'conflict',
  },
  {
    name: 'policies of one name',
    base: users,
    a: { postgres: ['CREATE POLICY pol ON users FOR SELECT USING (true)'] },
    b: { postgres: ['CREATE POLICY pol ON users FOR SELECT USING (true)'] },
    expect: 'conflict',
  },
  {
    name: 'row security with a policy, and the table dropped',
    base: users,
    a: { postgres: ['ALTER TABLE users ENABLE ROW LEVEL SECURITY', 'CREATE POLICY p ON users FOR SELECT USING (true)'] },
    b: { postgres: drop },
    expect: 'conflict',
  },
  {
    name: 'one of three branches adds another column',
    base: ['CREATE TABLE t (id int)'],
    a: [`ALTER TABLE t ADD COLUMN a ${text}`],
    b: [`ALTER TABLE t ADD COLUMN b ${text}`],
    expect: 'commute',
  },
  {
    name: 'a column that is added and then made NOT NULL, beside another column',
    base: ['CREATE TABLE t (id int)'],
    a: {
      postgres: ['ALTER TABLE t ADD COLUMN c varchar(50)', 'ALTER TABLE t ALTER COLUMN c SET NOT NULL'],
      mysql: ['ALTER TABLE t ADD COLUMN c varchar(50)', 'ALTER TABLE t MODIFY c varchar(50) NOT NULL'],
    },
    b: ['ALTER TABLE t ADD COLUMN d varchar(50)'],
    expect: 'commute',
  },
  {
    name: 'a column, a view and an enum, and the table dropped',
    base: ['CREATE TABLE u (id int)', 'CREATE TABLE p (id int)'],
    a: {
      postgres: ['ALTER TABLE u ADD COLUMN email varchar(50)', 'CREATE VIEW v_users AS SELECT * FROM u', "CREATE TYPE e1 AS ENUM ('a')"],
      mysql: ['ALTER TABLE u ADD COLUMN email varchar(50)', 'CREATE VIEW v_users AS SELECT * FROM u'],
      sqlite: ['ALTER TABLE u ADD COLUMN email varchar(50)', 'CREATE VIEW v_users AS SELECT * FROM u'],
    },
    b: ['DROP TABLE u'],
    expect: 'conflict',
  },
  {
    name: 'a schema is renamed, and dropped',
    base: { postgres: ['CREATE SCHEMA s1', 'CREATE TABLE s1.t1 (id int)'] },
    a: { postgres: ['ALTER SCHEMA s1 RENAME TO s2'] },
    b: { postgres: ['DROP SCHEMA s1 CASCADE'] },
    expect: 'conflict',
  },
  {
    name: 'a schema is dropped, and a table elsewhere changed',
    base: { postgres: ['CREATE SCHEMA s1', 'CREATE TABLE s1.t1 (id int)', 'CREATE TABLE common (id int)'] },
    a: { postgres: ['DROP SCHEMA s1 CASCADE'] },
    b: { postgres: ['CREATE SCHEMA s3', 'ALTER TABLE common ADD COLUMN new_col text'] },
    expect: 'commute',
  },
  {
    name: 'values for one enum',
    base: { postgres: ["CREATE TYPE status AS ENUM ('a')"] },
    a: { postgres: ["ALTER TYPE status ADD VALUE 'b'"] },
    b: { postgres: ["ALTER TYPE status ADD VALUE 'c'"] },
    expect: 'conflict',
  },
  {
    name: 'values for two enums',
    base: { postgres: ["CREATE TYPE status AS ENUM ('a')", "CREATE TYPE color AS ENUM ('x')"] },
    a: { postgres: ["ALTER TYPE status ADD VALUE 'b'"] },
    b: { postgres: ["ALTER TYPE color ADD VALUE 'y'"] },
    expect: 'commute',
  },
  {
    name: 'a view is named anew twice',
    base: ['CREATE TABLE t (id int)', 'CREATE VIEW v AS SELECT id FROM t'],
    a: ['DROP VIEW v', 'CREATE VIEW v_a AS SELECT id FROM t'],
    b: ['DROP VIEW v', 'CREATE VIEW v_b AS SELECT id FROM t'],
    expect: 'conflict',
  },
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
  // postgres/commutativity.facet.test.ts
  {
    name: 'the table renamed, an index made by the old name',
    base: many,
    a: people,
    b: ['CREATE INDEX ix2 ON users (name)'],
    expect: 'conflict',
  },
  {
    name: 'the table moved to a schema, an index made by the old name',
    base: { postgres: [...many, 'CREATE SCHEMA app'] },
    a: { postgres: ['ALTER TABLE users SET SCHEMA app'] },
    b: { postgres: ['CREATE INDEX ix2 ON users (name)'] },
    expect: 'conflict',
  },
  { name: 'the table renamed, a column added by the old name', base: many, a: people, b: add('email'), expect: 'conflict' },
  {
    name: 'the table moved to a schema, a column added by the old name',
    base: { postgres: [...many, 'CREATE SCHEMA app'] },
    a: { postgres: ['ALTER TABLE users SET SCHEMA app'] },
    b: { postgres: add('email') },
    expect: 'conflict',
  },
  {
    name: 'a column renamed, an index made over the old name',
    base: many,
    a: ['ALTER TABLE users RENAME COLUMN name TO full_name'],
    b: ['CREATE INDEX ix2 ON users (name)'],
    expect: 'conflict',
  },
  { name: 'the table dropped, an index of it made', base: many, a: drop, b: ['CREATE INDEX ix2 ON users (name)'], expect: 'conflict' },
  {
    name: 'the table dropped, its index renamed',
    base: indexed,
    a: { postgres: drop, mysql: drop },
    b: { postgres: ['ALTER INDEX ix RENAME TO ix2'], mysql: ['ALTER TABLE users RENAME INDEX ix TO ix2'] },
    expect: 'conflict',
  },
  {
    name: 'the table dropped, row security switched on',
    base: many,
    a: { postgres: drop },
    b: { postgres: ['ALTER TABLE users ENABLE ROW LEVEL SECURITY'] },
    expect: 'conflict',
  },
  {
    name: 'a schema dropped, a column added to a table of it',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['DROP SCHEMA app CASCADE'] },
    b: { postgres: ['ALTER TABLE app.users ADD COLUMN email int'] },
    expect: 'conflict',
  },
  {
    name: 'a column dropped, an index made over it',
    base: many,
    a: dropColumn('name'),
    b: ['CREATE INDEX ix2 ON users (name)'],
    expect: 'conflict',
  },
  {
    name: 'a primary key made, its column dropped',
    base: many,
    a: { postgres: ['ALTER TABLE users ADD PRIMARY KEY (id)'], mysql: ['ALTER TABLE users ADD PRIMARY KEY (id)'] },
    b: dropColumn('id'),
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, its target dropped',
    base: parents,
    a: { postgres: [foreignKey], mysql: [foreignKey] },
    b: { postgres: ['DROP TABLE p'], mysql: ['DROP TABLE p'] },
    expect: 'conflict',
  },
  {
    name: 'a foreign key made, the column that it refers to dropped',
    base: {
      postgres: ['CREATE TABLE p (id int PRIMARY KEY, x int)', 'CREATE TABLE t (id int PRIMARY KEY, p_id int)'],
      mysql: ['CREATE TABLE p (id int PRIMARY KEY, x int)', 'CREATE TABLE t (id int PRIMARY KEY, p_id int)'],
    },
    a: { postgres: [foreignKey], mysql: [foreignKey] },
    b: { postgres: ['ALTER TABLE p DROP COLUMN id'], mysql: ['ALTER TABLE p DROP COLUMN id'] },
    expect: 'conflict',
  },
  {
    name: 'a column of an enum added, the enum dropped',
    base: { postgres: [...many, "CREATE TYPE user_role AS ENUM ('a', 'b')"] },
    a: { postgres: ['ALTER TABLE users ADD COLUMN role user_role'] },
    b: { postgres: ['DROP TYPE user_role'] },
    expect: 'conflict',
  },
  { name: 'two unique keys', base: many, a: unique('u1', 'a'), b: unique('u2', 'b'), expect: 'commute' },
  { name: 'one unique key by one name twice', base: many, a: unique('u1', 'a'), b: unique('u1', 'a'), expect: 'conflict' },
  { name: 'two columns added', base: many, a: add('x'), b: add('y'), expect: 'commute' },
  {
    name: 'a primary key made, a column added',
    base: many,
    a: { postgres: ['ALTER TABLE users ADD PRIMARY KEY (id)'], mysql: ['ALTER TABLE users ADD PRIMARY KEY (id)'] },
    b: add('d'),
    expect: 'commute',
  },
  { name: 'two indexes', base: many, a: ['CREATE INDEX ixa ON users (a)'], b: ['CREATE INDEX ixb ON users (b)'], expect: 'commute' },
  {
    name: 'row security switched on, a column added',
    base: many,
    a: { postgres: ['ALTER TABLE users ENABLE ROW LEVEL SECURITY'] },
    b: { postgres: add('email') },
    expect: 'commute',
  },
  {
    name: 'row security switched on, a policy made',
    base: many,
    a: { postgres: ['ALTER TABLE users ENABLE ROW LEVEL SECURITY'] },
    b: { postgres: ['CREATE POLICY p1 ON users USING (true)'] },
    expect: 'commute',
  },
  { name: 'a column renamed, another added', base: many, a: ['ALTER TABLE users RENAME COLUMN a TO a2'], b: add('c3'), expect: 'commute' },
  {
    name: 'a column renamed, and dropped',
    base: many,
    a: ['ALTER TABLE users RENAME COLUMN a TO a2'],
    b: dropColumn('a'),
    expect: 'conflict',
  },
  {
    name: 'a column renamed to one that the other adds',
    base: many,
    a: ['ALTER TABLE users RENAME COLUMN a TO a2'],
    b: add('a2'),
    expect: 'conflict',
  },
  { name: 'the table renamed, and dropped', base: many, a: people, b: drop, expect: 'conflict' },
  { name: 'the table renamed twice', base: many, a: people, b: ['ALTER TABLE users RENAME TO staff'], expect: 'conflict' },
  {
    name: 'a column dropped, and the index over it',
    base: indexed,
    a: { postgres: dropColumn('c'), mysql: dropColumn('c') },
    b: dropIndex,
    expect: 'conflict',
  },
  { name: 'a column renamed, and the index over it dropped', base: indexed, a: renameC, b: dropIndex, expect: 'commute' },
  {
    name: 'a column changed, and the index over it dropped',
    base: indexed,
    a: { postgres: ['ALTER TABLE users ALTER COLUMN c SET DEFAULT 5'], mysql: ['ALTER TABLE users ALTER COLUMN c SET DEFAULT 5'] },
    b: { postgres: ['DROP INDEX ix'], mysql: ['DROP INDEX ix ON users'] },
    expect: 'commute',
  },
  {
    name: 'a column dropped, and the index over it renamed',
    base: indexed,
    a: { postgres: dropColumn('c'), mysql: dropColumn('c') },
    b: { postgres: ['ALTER INDEX ix RENAME TO ix2'], mysql: ['ALTER TABLE users RENAME INDEX ix TO ix2'] },
    expect: 'conflict',
  },
  {
    name: 'a column renamed, and the index over it too',
    base: indexed,
    a: { postgres: renameC, mysql: renameC },
    b: { postgres: ['ALTER INDEX ix RENAME TO ix2'], mysql: ['ALTER TABLE users RENAME INDEX ix TO ix2'] },
    expect: 'commute',
  },
  {
    name: 'a column changed, an index made over it',
    base: many,
    a: { postgres: ['ALTER TABLE users ALTER COLUMN c SET DEFAULT 5'], mysql: ['ALTER TABLE users ALTER COLUMN c SET DEFAULT 5'] },
    b: { postgres: ['CREATE INDEX ix2 ON users (c)'], mysql: ['CREATE INDEX ix2 ON users (c)'] },
    expect: 'commute',
  },
  {
    name: 'a column renamed, an index made over its old name',
    base: many,
    a: renameC,
    b: ['CREATE INDEX ix2 ON users (c)'],
    expect: 'conflict',
  },
  { name: 'a check made, its column dropped', base: many, a: check, b: dropColumn('c'), expect: 'conflict' },
  { name: 'a check made, its column renamed', base: many, a: check, b: renameC, expect: 'conflict' },
  { name: 'a check dropped, and its column', base: checked, a: dropCheck, b: dropColumn('c'), expect: 'conflict' },
  { name: 'a check dropped, its column renamed', base: { postgres: checked.postgres }, a: dropCheck, b: renameC, expect: 'commute' },
  { name: 'a check made, another column added', base: many, a: check, b: add('d'), expect: 'commute' },
  { name: 'a unique key changed, its column renamed', base: keyed, a: otherUnique, b: renameC, expect: 'conflict' },
  { name: 'a unique key changed, its column dropped', base: keyed, a: otherUnique, b: dropColumn('c'), expect: 'conflict' },
  { name: 'a unique key changed, another column added', base: keyed, a: otherUnique, b: add('d'), expect: 'commute' },
  { name: 'a check changed, its column renamed', base: { postgres: checked.postgres }, a: otherCheck, b: renameC, expect: 'conflict' },
  { name: 'a check changed, its column dropped', base: checked, a: otherCheck, b: dropColumn('c'), expect: 'conflict' },
  { name: 'a check changed, another column added', base: checked, a: otherCheck, b: add('d'), expect: 'commute' },
  {
    name: 'a constraint renamed, its column dropped',
    base: keyed,
    a: { postgres: ['ALTER TABLE users RENAME CONSTRAINT uq TO uq2'] },
    b: dropColumn('c'),
    expect: 'conflict',
  },
  {
    name: 'a constraint renamed, its column too',
    base: keyed,
    a: { postgres: ['ALTER TABLE users RENAME CONSTRAINT uq TO uq2'] },
    b: renameC,
    expect: 'commute',
  },
  {
    name: 'a constraint renamed, another column added',
    base: keyed,
    a: { postgres: ['ALTER TABLE users RENAME CONSTRAINT uq TO uq2'] },
    b: add('d'),
    expect: 'commute',
  },
  {
    name: 'a column made anew, an index made over it',
    base: many,
    a: [...dropColumn('c'), ...add('c')],
    b: ['CREATE INDEX ix2 ON users (c)'],
    expect: 'conflict',
  },
  {
    name: 'a column made anew, the index over it dropped',
    base: indexed,
    a: { postgres: [...dropColumn('c'), ...add('c')], mysql: [...dropColumn('c'), ...add('c')] },
    b: dropIndex,
    expect: 'conflict',
  },
  {
    name: 'a column made anew, a primary key over it',
    base: [`CREATE TABLE users (id int, c int NOT NULL)`],
    a: {
      postgres: [...dropColumn('c'), 'ALTER TABLE users ADD COLUMN c int NOT NULL'],
      mysql: [...dropColumn('c'), 'ALTER TABLE users ADD COLUMN c int NOT NULL'],
    },
    b: { postgres: ['ALTER TABLE users ADD PRIMARY KEY (c)'], mysql: ['ALTER TABLE users ADD PRIMARY KEY (c)'] },
    expect: 'conflict',
  },
  { name: 'a column made anew, another added', base: many, a: [...dropColumn('c'), ...add('c')], b: add('d'), expect: 'commute' },
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
