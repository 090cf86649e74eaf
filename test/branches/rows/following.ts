import type { BranchCase } from '../branch-case.ts'
import { base, onUpdate, priced, uniqueMail, word } from './fixtures.ts'

/** Rows that meet through what follows from a statement: triggers, computed columns, keys, views, refusals. */
export const followingCases: readonly BranchCase[] = [
  {
    name: 'rows removed of which a trigger notes the change',
    base: onUpdate("INSERT INTO log (id, note) VALUES (NEW.id, 'u')"),
    a: ['UPDATE users SET age = 1'],
    b: ['DELETE FROM users WHERE id = 3'],
    expect: 'conflict',
  },
  {
    name: 'a row added whose key a trigger changes',
    base: {
      mysql: [...base, 'CREATE TRIGGER g BEFORE INSERT ON log FOR EACH ROW SET NEW.id = 1'],
      postgres: [
        ...base,
        'CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := 1; RETURN NEW; END $$',
        'CREATE TRIGGER g BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION g()',
      ],
    },
    a: ["INSERT INTO log (id, note) VALUES (5, 'x')"],
    b: ["UPDATE log SET note = 'y' WHERE id = 1"],
    expect: 'conflict',
  },
  {
    name: 'a check made, and rows changed that a trigger changes further',
    base: { mysql: onUpdate('SET NEW.team_id = 2', 'BEFORE').mysql, postgres: onUpdate('NEW.team_id := 2', 'BEFORE').postgres },
    a: ['ALTER TABLE users ADD CONSTRAINT of_age CHECK (team_id <> 2 OR age IS NULL)'],
    b: ['UPDATE users SET age = 5 WHERE id = 3'],
    expect: 'conflict',
  },
  {
    name: 'what a computed column is made from, and the column',
    base: priced,
    a: ['UPDATE prices SET net = 50 WHERE id = 1'],
    b: ['DELETE FROM prices WHERE gross > 45'],
    expect: 'conflict',
  },
  {
    name: 'what a computed column is made from, and a unique index over it',
    base: priced,
    a: ['UPDATE prices SET net = 20 WHERE id = 1'],
    b: ['CREATE UNIQUE INDEX prices_gross ON prices (gross)'],
    expect: 'conflict',
  },
  {
    name: 'what a computed column is made from, and whoever reads it',
    base: priced,
    a: ['UPDATE prices SET net = 50'],
    b: ["UPDATE prices SET note = 'dear' WHERE gross > 45"],
    expect: 'conflict',
  },
  {
    name: 'a unique index made over an expression, and its column changed',
    base,
    a: { postgres: ['CREATE UNIQUE INDEX u ON users (lower(email))'], sqlite: ['CREATE UNIQUE INDEX u ON users (lower(email))'] },
    b: ["UPDATE users SET email = 'C@X' WHERE id = 1"],
    expect: 'conflict',
  },
  {
    name: 'a unique index made over some rows, and more of them',
    base: {
      postgres: [...base, "UPDATE users SET email = 'a@x' WHERE id = 3"],
      sqlite: [...base, "UPDATE users SET email = 'a@x' WHERE id = 3"],
    },
    a: ['CREATE UNIQUE INDEX u ON users (email) WHERE age < 30'],
    b: ['UPDATE users SET age = 10 WHERE id = 3'],
    expect: 'conflict',
  },
  {
    name: 'a unique index made in another collation than the key',
    base: { sqlite: ['CREATE TABLE words (word varchar(20) PRIMARY KEY, n int)', "INSERT INTO words (word, n) VALUES ('a', 1)"] },
    a: ['CREATE UNIQUE INDEX u ON words (word COLLATE NOCASE)'],
    b: ["INSERT INTO words (word, n) VALUES ('A', 2)"],
    expect: 'conflict',
  },
  {
    name: 'a unique index made over the beginning of the key',
    base: { mysql: [word, "INSERT INTO words (word, n) VALUES ('apple', 1)"] },
    a: ['CREATE UNIQUE INDEX u ON words (word(2))'],
    b: ["INSERT INTO words (word, n) VALUES ('apricot', 2)"],
    expect: 'conflict',
  },
  {
    name: 'a row removed, and referred to',
    base,
    a: ['DELETE FROM teams WHERE id = 3'],
    b: ['UPDATE users SET team_id = 3 WHERE id = 1'],
    expect: 'conflict',
  },
  {
    name: 'a row removed, and referred to by a new table',
    base,
    a: ['DELETE FROM teams WHERE id = 3'],
    b: [
      'CREATE TABLE cards (id int PRIMARY KEY, team_id int, FOREIGN KEY (team_id) REFERENCES teams (id))',
      'INSERT INTO cards (id, team_id) VALUES (1, 3)',
    ],
    expect: 'conflict',
  },
  {
    name: 'rows that go with others, and are moved to those',
    base,
    a: ['DELETE FROM users WHERE id = 2'],
    b: ['UPDATE posts SET user_id = 2 WHERE id = 1'],
    expect: 'conflict',
  },
  {
    name: 'a table emptied, and referred to by a new one',
    base,
    a: ['TRUNCATE TABLE log'],
    b: {
      postgres: [
        'ALTER TABLE log ADD PRIMARY KEY (id)',
        'CREATE TABLE cards (id int PRIMARY KEY, log_id int, FOREIGN KEY (log_id) REFERENCES log (id))',
      ],
      mysql: [
        'ALTER TABLE log ADD PRIMARY KEY (id)',
        'CREATE TABLE cards (id int PRIMARY KEY, log_id int, FOREIGN KEY (log_id) REFERENCES log (id))',
      ],
    },
    expect: 'conflict',
  },
  {
    name: 'a renamed table that gets a trigger, and rows that go with others',
    base,
    a: ['DELETE FROM users WHERE id = 2'],
    b: {
      sqlite: [
        'ALTER TABLE posts RENAME TO articles',
        "CREATE TRIGGER g AFTER DELETE ON articles BEGIN INSERT INTO log (id, note) VALUES (OLD.id, 'd'); END",
      ],
      mysql: [
        'ALTER TABLE posts RENAME TO articles',
        "CREATE TRIGGER g AFTER DELETE ON articles FOR EACH ROW INSERT INTO log (id, note) VALUES (OLD.id, 'd')",
      ],
    },
    expect: 'conflict',
    // A cascade of MySQL runs no trigger.
    ours: { verdict: 'conflict', because: 'what a cascade sets off is not told apart', on: ['mysql'] },
  },
  {
    name: 'a dropped table whose trigger notes what goes with others',
    base: {
      sqlite: [...base, "CREATE TRIGGER g AFTER DELETE ON posts BEGIN INSERT INTO log (id, note) VALUES (OLD.id, 'd'); END"],
      postgres: [
        ...base,
        "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (id, note) VALUES (OLD.id, 'd'); RETURN OLD; END $$",
        'CREATE TRIGGER g AFTER DELETE ON posts FOR EACH ROW EXECUTE FUNCTION g()',
      ],
    },
    a: ['DELETE FROM users WHERE id = 2'],
    b: ['DROP TABLE posts'],
    expect: 'conflict',
  },
  {
    name: 'the time of the last change, and rows found by it',
    base: {
      mysql: [
        "CREATE TABLE notes (id int PRIMARY KEY, body int, at datetime DEFAULT '2001-01-01' ON UPDATE CURRENT_TIMESTAMP)",
        'INSERT INTO notes (id, body) VALUES (1, 1), (2, 2)',
      ],
    },
    a: ['UPDATE notes SET body = 5 WHERE id = 1'],
    b: ["DELETE FROM notes WHERE at < '2002-01-01'"],
    expect: 'conflict',
  },
  {
    name: 'rows under a name that had a trigger under another',
    base: {
      sqlite: [
        ...base,
        "CREATE TRIGGER g AFTER DELETE ON users BEGIN UPDATE log SET note = 'd'; END",
        "INSERT INTO log (id, note) VALUES (1, 'l')",
        'ALTER TABLE users RENAME TO people',
      ],
    },
    a: ["UPDATE people SET email = 'x' WHERE id = 3"],
    b: ['DELETE FROM people WHERE age > 30'],
    expect: 'conflict',
    ours: { verdict: 'conflict', because: 'triggers are not followed to a new name, so nothing is told apart there' },
  },
  {
    name: 'a view over a view of whatever columns, one of them renamed',
    base: { sqlite: [...base, 'CREATE VIEW every_log AS SELECT * FROM log'] },
    a: ['CREATE VIEW notes AS SELECT note FROM every_log'],
    b: ['ALTER TABLE log RENAME COLUMN note TO remark'],
    expect: 'conflict',
  },
  {
    name: 'two tables put together whatever their columns, one column less',
    base: { sqlite: base },
    a: ['CREATE VIEW both_of_them AS SELECT * FROM teams UNION SELECT * FROM log'],
    b: ['ALTER TABLE log DROP COLUMN note'],
    expect: 'conflict',
  },
  {
    name: 'a constraint dropped, and rows taken where it lets them',
    base: { postgres: [...uniqueMail.slice(0, -1), 'ALTER TABLE users ADD CONSTRAINT mail UNIQUE (email)'] },
    a: ['ALTER TABLE users DROP CONSTRAINT mail'],
    b: ["INSERT INTO users (id, email) VALUES (11, 'a@x') ON CONFLICT DO NOTHING"],
    expect: 'conflict',
  },
  {
    name: 'a constraint dropped, and a block that goes on without what it refuses',
    base: { postgres: [...base, 'ALTER TABLE users ADD CONSTRAINT of_age CHECK (age < 100)'] },
    a: ['ALTER TABLE users DROP CONSTRAINT of_age'],
    b: [
      'DO $$ BEGIN UPDATE users SET age = 200 WHERE id = 1; EXCEPTION WHEN check_violation THEN UPDATE users SET age = 99 WHERE id = 1; END $$',
    ],
    expect: 'conflict',
  },
  {
    name: 'rows removed, and a block that asks whether there were any',
    base: { postgres: base },
    a: ['DELETE FROM users WHERE age > 30'],
    b: [
      "DO $$ BEGIN UPDATE users SET email = 'z' WHERE id = 3; IF NOT FOUND THEN INSERT INTO log (id, note) VALUES (1, 'none'); END IF; END $$",
    ],
    expect: 'conflict',
  },
  {
    name: 'rows removed, and how many they were',
    base: { sqlite: base, mysql: base },
    a: ['DELETE FROM posts WHERE score = 7'],
    b: {
      sqlite: ['DELETE FROM posts WHERE score >= 5', 'INSERT INTO log (id) SELECT changes()'],
      mysql: ['DELETE FROM posts WHERE score >= 5', 'INSERT INTO log (id) SELECT ROW_COUNT()'],
    },
    expect: 'conflict',
  },
  {
    name: 'a key dropped that removes what refers, and rows removed',
    base,
    a: { postgres: ['ALTER TABLE posts DROP CONSTRAINT of_user'], mysql: ['ALTER TABLE posts DROP FOREIGN KEY of_user'] },
    b: ['DELETE FROM users WHERE id = 2'],
    expect: 'conflict',
  },
  {
    name: 'a key dropped, and rows removed where it lets them',
    base: { mysql: base },
    a: ['ALTER TABLE users DROP FOREIGN KEY of_team'],
    b: ['DELETE IGNORE FROM teams WHERE id < 4'],
    expect: 'conflict',
  },
  {
    name: 'a unique index dropped, and rows added where it lets them',
    base: { mysql: uniqueMail, sqlite: uniqueMail },
    a: { mysql: ['DROP INDEX users_email ON users'], sqlite: ['DROP INDEX users_email'] },
    b: {
      mysql: ["INSERT IGNORE INTO users (id, email) VALUES (11, 'a@x')"],
      sqlite: ["INSERT OR IGNORE INTO users (id, email) VALUES (11, 'a@x')"],
    },
    expect: 'conflict',
  },
  {
    name: 'a unique index dropped, and rows that push others out',
    base: { mysql: uniqueMail, sqlite: uniqueMail },
    a: { mysql: ['DROP INDEX users_email ON users'], sqlite: ['DROP INDEX users_email'] },
    b: ["REPLACE INTO users (id, email) VALUES (11, 'c@x')"],
    expect: 'conflict',
  },
]
