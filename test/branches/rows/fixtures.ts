/* What the cases of rows start from. */

export const text = 'varchar(50)'
export const base = [
  'CREATE TABLE teams (id int PRIMARY KEY, name varchar(50))',
  `CREATE TABLE users (id int PRIMARY KEY, team_id int, email ${text}, age int, CONSTRAINT of_team FOREIGN KEY (team_id) REFERENCES teams (id))`,
  `CREATE TABLE posts (id int PRIMARY KEY, user_id int, title ${text}, score int DEFAULT 0, CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE)`,
  `CREATE TABLE log (id int, note ${text})`,
  "INSERT INTO teams (id, name) VALUES (1, 'red'), (2, 'blue'), (3, 'green')",
  "INSERT INTO users (id, team_id, email, age) VALUES (1, 1, 'a@x', 20), (2, 2, NULL, NULL), (3, 1, 'c@x', 40)",
  "INSERT INTO posts (id, user_id, title, score) VALUES (1, 1, 'one', 5), (2, 2, NULL, 0), (3, 3, 'three', 7)",
]
export const uniqueMail = [...base, 'CREATE UNIQUE INDEX users_email ON users (email)']
export const word = 'CREATE TABLE words (word varchar(20) PRIMARY KEY, n int)'
export const words = {
  mysql: [word, "INSERT INTO words (word, n) VALUES ('a', 1), ('1', 2)"],
  sqlite: [
    'CREATE TABLE words (word varchar(20) COLLATE NOCASE PRIMARY KEY, n int)',
    "INSERT INTO words (word, n) VALUES ('a', 1), ('1', 2)",
  ],
}
export const numbered = [word, "INSERT INTO words (word, n) VALUES ('1', 2)"]
export const counter = ['CREATE TABLE counters (id int PRIMARY KEY, n int)', 'INSERT INTO counters (id, n) VALUES (1, 1), (2, 1), (3, 5)']
export const onUpdate = (body: string, when = 'AFTER') => ({
  sqlite: [...base, `CREATE TRIGGER g ${when} UPDATE ON users BEGIN ${body}; END`],
  mysql: [...base, `CREATE TRIGGER g ${when} UPDATE ON users FOR EACH ROW ${body}`],
  postgres: [
    ...base,
    `CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NEW; END $$`,
    `CREATE TRIGGER g ${when} UPDATE ON users FOR EACH ROW EXECUTE FUNCTION g()`,
  ],
})
const generated = {
  postgres: ['CREATE TABLE prices (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED, note varchar(50))'],
  sqlite: ['CREATE TABLE prices (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED, note varchar(50))'],
  mysql: ['CREATE TABLE prices (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED, note varchar(50))'],
}
const filled = 'INSERT INTO prices (id, net) VALUES (1, 10), (2, 20)'
export const priced = {
  postgres: [...generated.postgres, filled],
  sqlite: [...generated.sqlite, filled],
  mysql: [...generated.mysql, filled],
}
