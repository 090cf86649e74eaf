import fc from 'fast-check'

export type BranchKind = 'sqlite' | 'postgres' | 'mysql'

/** What both branches start from: tables with keys, a view, a trigger, rows. */
export function baseStatements(kind: BranchKind): readonly string[] {
  const text = kind === 'mysql' ? 'varchar(200)' : 'text'
  return [
    `CREATE TABLE teams (id int PRIMARY KEY, name varchar(50) NOT NULL)`,
    `CREATE TABLE users (id int PRIMARY KEY, email varchar(100) NOT NULL, age int, team_id int, bio ${text}, CONSTRAINT users_team FOREIGN KEY (team_id) REFERENCES teams (id))`,
    `CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL, title varchar(100), body ${text}, score int DEFAULT 0, CONSTRAINT posts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE)`,
    `CREATE TABLE audit (id int, note varchar(100))`,
    `CREATE INDEX users_age ON users (age)`,
    `CREATE INDEX posts_score ON posts (score)`,
    `CREATE VIEW user_names AS SELECT id, email FROM users`,
    `INSERT INTO teams (id, name) VALUES (1, 'red'), (2, 'blue'), (3, 'green')`,
    `INSERT INTO users (id, email, age, team_id, bio) VALUES (1, 'a@x', 20, 1, 'x'), (2, 'b@x', NULL, 2, NULL), (3, 'c@x', 40, 1, 'y'), (4, 'd@x', 20, NULL, 'z')`,
    `INSERT INTO posts (id, user_id, title, body, score) VALUES (1, 1, 't1', 'b1', 5), (2, 1, 't2', NULL, 0), (3, 2, NULL, 'b3', 7), (4, 3, 't4', 'b4', 5)`,
    ...(kind === 'postgres'
      ? [
          `CREATE TYPE mood AS ENUM ('happy', 'sad')`,
          `ALTER TABLE users ADD COLUMN mood mood`,
          `CREATE FUNCTION note_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (id, note) VALUES (NEW.id, 'post'); RETURN NEW; END $$`,
          `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'`,
          `CREATE TRIGGER posts_note AFTER INSERT OR UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION note_post()`,
        ]
      : [
          `CREATE TRIGGER posts_note AFTER INSERT ON posts FOR EACH ROW ${kind === 'sqlite' ? `BEGIN INSERT INTO audit (id, note) VALUES (NEW.id, 'post'); END` : `INSERT INTO audit (id, note) VALUES (NEW.id, 'post')`}`,
        ]),
  ]
}

/** A table that numbers its rows itself. It is made in each run, for PostgreSQL's sequences do not go back with a transaction. */
export const numberedStatements = (kind: BranchKind): readonly string[] => [
  `CREATE TABLE logs (id ${{ postgres: 'serial', mysql: 'int AUTO_INCREMENT', sqlite: 'INTEGER' }[kind]} PRIMARY KEY, line varchar(50))`,
]

const columns: Readonly<Record<string, readonly string[]>> = {
  users: ['email', 'age', 'bio', 'team_id'],
  posts: ['title', 'body', 'score'],
  teams: ['name'],
  audit: ['note'],
}
const tables = Object.keys(columns)

interface Pick {
  readonly table: string
  readonly column: string
  readonly other: string
  readonly name: string
  readonly n: number
}

type Template = (pick: Pick) => readonly string[]

const everywhere: readonly Template[] = [
  ({ table, name }) => [`ALTER TABLE ${table} ADD COLUMN ${name} int`],
  ({ table, name }) => [`ALTER TABLE ${table} ADD COLUMN ${name} varchar(20) DEFAULT 'x'`],
  ({ table, name, n }) => [`ALTER TABLE ${table} ADD COLUMN ${name} int NOT NULL DEFAULT ${n}`],
  ({ table, column }) => [`ALTER TABLE ${table} DROP COLUMN ${column}`],
  ({ table, column, name }) => [`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${name}`],
  ({ table, name }) => [`ALTER TABLE ${table} RENAME TO ${name}s`],
  ({ table, column, name }) => [`CREATE INDEX ${name}_i ON ${table} (${column})`],
  ({ table, name }) => [`CREATE UNIQUE INDEX ${name}_u ON ${table} (id)`],
  ({ column, table, name }) => [`CREATE VIEW ${name}_v AS SELECT id, ${column} FROM ${table}`],
  ({ table, name }) => [`CREATE VIEW ${name}_v AS SELECT * FROM ${table}`],
  () => [`DROP VIEW user_names`],
  ({ name }) => [`CREATE VIEW ${name}_w AS SELECT email FROM user_names`],
  () => [`DELETE FROM users WHERE age > 30`],
  ({ name }) => [`CREATE TABLE ${name}_t (id int PRIMARY KEY, user_id int REFERENCES users (id))`],
  ({ name, table }) => [
    `CREATE TABLE ${name}_t (id int PRIMARY KEY, t_id int, FOREIGN KEY (t_id) REFERENCES ${table === 'audit' ? 'teams' : table} (id) ON DELETE CASCADE)`,
  ],
  ({ n }) => [`INSERT INTO logs (line) VALUES ('l${n}')`],
  ({ n }) => [`INSERT INTO logs (id, line) VALUES (${n * 10}, 'l')`],
  () => [`DELETE FROM logs WHERE id = 20`],
  ({ n }) => [`INSERT INTO audit (id, note) VALUES (${n}, 'note')`],
  () => [`DROP TABLE audit`],
  () => [`DROP TABLE posts`],
  ({ n }) => [`INSERT INTO teams (id, name) VALUES (${n + 10}, 'new')`],
  ({ n }) => [`INSERT INTO users (id, email, team_id) VALUES (${n + 10}, 'n@x', 2)`],
  ({ n }) => [`INSERT INTO posts (id, user_id, title) VALUES (${n + 10}, 3, 'new')`],
  ({ n }) => [`INSERT INTO posts VALUES (${n + 20}, 1, 'all', 'all', 1)`],
  ({ table, n, column }) => [
    `UPDATE ${table} SET ${column} = ${['age', 'score', 'team_id'].includes(column) ? String(1 + (n % 3)) : `'v${n}'`} WHERE id > ${n % 3}`,
  ],
  ({ n }) => [`UPDATE users SET age = id + ${n} WHERE age IS NULL`],
  () => [`UPDATE posts SET score = score + 1`],
  () => [`UPDATE posts SET title = body WHERE title IS NULL`],
  () => [`UPDATE users SET bio = email`],
  ({ n }) => [`DELETE FROM posts WHERE score = ${[0, 5, 7][n % 3] ?? 0}`],
  () => [`DELETE FROM users WHERE team_id IS NULL`],
  () => [`DELETE FROM users WHERE id = 2`],
  () => [`DELETE FROM teams WHERE id = 3`],
  () => [`INSERT INTO audit (id, note) SELECT id, title FROM posts`],
  () => [`INSERT INTO audit SELECT id, email FROM users WHERE age > 10`],
  () => [`UPDATE users SET age = (SELECT max(score) FROM posts WHERE posts.user_id = users.id)`],
]

const byKind: Readonly<Record<BranchKind, readonly Template[]>> = {
  sqlite: [
    () => [`DROP INDEX users_age`],
    () => [`DROP TRIGGER posts_note`],
    ({ name }) => [`CREATE TRIGGER ${name}_g AFTER UPDATE ON users BEGIN UPDATE posts SET score = 9 WHERE user_id = NEW.id; END`],
    () => [
      `CREATE TABLE posts_new (id int PRIMARY KEY, user_id int NOT NULL, title varchar(100) NOT NULL DEFAULT '', body text, score int DEFAULT 0)`,
      `INSERT INTO posts_new (id, user_id, title, body, score) SELECT id, user_id, coalesce(title, ''), body, score FROM posts`,
      `DROP TABLE posts`,
      `ALTER TABLE posts_new RENAME TO posts`,
    ],
  ],
  postgres: [
    ({ n }) => [`SELECT setval('logs_id_seq', ${n * 5})`],
    ({ n }) => [`ALTER SEQUENCE logs_id_seq RESTART WITH ${n * 7}`],
    ({ n }) => [`INSERT INTO audit (id, note) VALUES (nextval('logs_id_seq'), 'n${n}')`],
    () => [`ALTER TABLE audit ALTER COLUMN id SET DEFAULT nextval('logs_id_seq')`],
    () => [`INSERT INTO audit (note) VALUES ('numbered')`],
    ({ name, table }) => [`CREATE TABLE ${name}_l (LIKE ${table} INCLUDING ALL)`],
    ({ name, table }) => [`CREATE TABLE ${name}_l (LIKE ${table})`],
    ({ name }) => [`ALTER TABLE audit ADD CONSTRAINT ${name}_f FOREIGN KEY (id) REFERENCES posts (id)`],
    ({ n }) => [`ALTER TABLE posts ADD CHECK (score < ${50 + n})`],
    () => [`ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL`],
    () => [`DROP INDEX posts_score`],
    ({ table, column }) => [`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE text`],
    ({ table, column }) => [`ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL`],
    ({ table, column }) => [`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`],
    ({ table, column }) => [`ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT NULL`],
    ({ n }) => [`ALTER TABLE posts ALTER COLUMN score SET DEFAULT ${n}`],
    ({ name, n }) => [`ALTER TABLE posts ADD CONSTRAINT ${name}_c CHECK (score < ${50 + n})`],
    ({ name }) => [`ALTER TABLE users ADD CONSTRAINT ${name}_c CHECK (age > 10)`],
    ({ name }) => [`ALTER TABLE users ADD CONSTRAINT ${name}_k UNIQUE (email)`],
    ({ name }) => [`ALTER TABLE posts ADD CONSTRAINT ${name}_k UNIQUE (id, title)`],
    () => [`ALTER TABLE posts DROP CONSTRAINT posts_user`],
    () => [`ALTER TABLE teams DROP CONSTRAINT teams_pkey CASCADE`],
    () => [`DROP INDEX users_age`],
    () => [`ALTER TYPE mood ADD VALUE 'calm'`],
    () => [`ALTER TYPE mood ADD VALUE 'angry' BEFORE 'sad'`],
    () => [`ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'`],
    () => [`CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n + n'`],
    ({ n }) => [`CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * ${n}'`],
    ({ name }) => [`CREATE INDEX ${name}_e ON posts (twice(score))`],
    () => [`UPDATE posts SET score = twice(score)`],
    () => [`DROP TRIGGER posts_note ON posts`],
    () => [`CREATE OR REPLACE FUNCTION note_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`],
    ({ name }) => [`CREATE TRIGGER ${name}_g AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note_post()`],
    () => [`DROP FUNCTION note_post() CASCADE`],
    () => [`CREATE OR REPLACE VIEW user_names AS SELECT id, email, age FROM users`],
    ({ name }) => [`CREATE MATERIALIZED VIEW ${name}_m AS SELECT user_id, count(*) FROM posts GROUP BY user_id`],
    ({ table, n }) => [`COMMENT ON TABLE ${table} IS 'c${n}'`],
    ({ table, column, n }) => [`COMMENT ON COLUMN ${table}.${column} IS 'c${n}'`],
    ({ table }) => [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`],
    ({ table, name }) => [`CREATE POLICY ${name}_p ON ${table} USING (id > 1)`],
    ({ name }) => [`CREATE SEQUENCE ${name}_s`],
    ({ name }) => [`ALTER TABLE teams ADD COLUMN ${name} serial`],
    ({ name }) => [`DO $$ BEGIN UPDATE users SET age = 1 WHERE id = 1; ALTER TABLE audit ADD COLUMN ${name} int; END $$`],
    ({ name }) => [`ALTER TABLE posts ADD COLUMN ${name} int GENERATED ALWAYS AS (score * 2) STORED`],
  ],
  mysql: [
    ({ name }) => [`ALTER TABLE audit ADD CONSTRAINT ${name}_f FOREIGN KEY (id) REFERENCES posts (id)`],
    () => [`ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL`],
    () => [`ALTER TABLE posts ADD INDEX (user_id, score)`],
    () => [`ALTER TABLE posts ADD INDEX (user_id)`],
    () => [`DROP INDEX posts_user ON posts`],
    () => [`DROP INDEX posts_score ON posts`],
    ({ n }) => [`ALTER TABLE posts ADD CHECK (score < ${50 + n})`],
    ({ table, name }) => [`CREATE TABLE ${name}_l LIKE ${table}`],
    ({ table, column, name }) => [`CREATE TABLE ${name}_l AS SELECT id, ${column} FROM ${table}`],
    ({ n }) => [`ALTER TABLE posts MODIFY score int NOT NULL DEFAULT ${n}`],
    () => [`ALTER TABLE posts MODIFY title varchar(100) AFTER body`],
    ({ name }) => [`CREATE TRIGGER ${name}_h AFTER INSERT ON posts FOR EACH ROW UPDATE users SET age = 7 WHERE id = NEW.user_id`],
    ({ table, column }) => [`ALTER TABLE ${table} MODIFY ${column} varchar(150)`],
    ({ table, column, name }) => [`ALTER TABLE ${table} CHANGE ${column} ${name} varchar(150)`],
    ({ n }) => [`ALTER TABLE posts ALTER COLUMN score SET DEFAULT ${n}`],
    ({ name, n }) => [`ALTER TABLE posts ADD CONSTRAINT ${name}_c CHECK (score < ${50 + n})`],
    ({ name }) => [`ALTER TABLE users ADD UNIQUE KEY ${name}_k (email)`],
    ({ name }) => [`ALTER TABLE posts ADD KEY ${name}_k (title), ADD COLUMN ${name} int`],
    () => [`ALTER TABLE posts DROP FOREIGN KEY posts_user`],
    () => [`DROP INDEX users_age ON users`],
    () => [`DROP TRIGGER posts_note`],
    ({ name }) => [`CREATE TRIGGER ${name}_g AFTER UPDATE ON users FOR EACH ROW UPDATE posts SET score = 9 WHERE user_id = NEW.id`],
    () => [`ALTER TABLE audit ADD PRIMARY KEY (id)`],
    () => [`TRUNCATE TABLE audit`],
    ({ table, n }) => [`ALTER TABLE ${table} COMMENT 'c${n}'`],
    ({ name }) => [`RENAME TABLE audit TO ${name}s`],
    () => [`CREATE OR REPLACE VIEW user_names AS SELECT id, email, age FROM users`],
    ({ name }) => [`ALTER TABLE posts ADD COLUMN ${name} int GENERATED ALWAYS AS (score * 2) STORED`],
  ],
}

const pick: fc.Arbitrary<Pick> = fc
  .record({
    table: fc.constantFrom(...tables),
    at: fc.nat(10),
    other: fc.constantFrom(...tables),
    name: fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'omega', 'zeta'),
    n: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ at, ...rest }) => ({ ...rest, column: columns[rest.table]![at % columns[rest.table]!.length]! }))

const example: Pick = { table: 'users', column: 'age', other: 'posts', name: 'alpha', n: 1 }

/** Changes of the schema come three times as often as changes of rows. */
const weighted = (templates: readonly Template[]): readonly Template[] =>
  templates.flatMap((template) =>
    /^(INSERT|UPDATE|DELETE|DO|TRUNCATE)/.test(template(example)[0] ?? '') ? [template] : [template, template, template],
  )

/** One branch: one or two changes of the base. */
export const randomBranch = (kind: BranchKind): fc.Arbitrary<readonly string[]> =>
  fc
    .array(
      fc.tuple(fc.constantFrom(...weighted([...everywhere, ...byKind[kind]])), pick).map(([template, chosen]) => template(chosen)),
      { minLength: 1, maxLength: 2 },
    )
    .map((lists) => lists.flat())

export const randomBranches = (kind: BranchKind): fc.Arbitrary<{ readonly a: readonly string[]; readonly b: readonly string[] }> =>
  fc.record({ a: randomBranch(kind), b: randomBranch(kind) })
