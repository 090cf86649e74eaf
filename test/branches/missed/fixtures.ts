export const text = 'varchar(50)'
export const base = [
  'CREATE TABLE teams (id int PRIMARY KEY, name varchar(50))',
  `CREATE TABLE users (id int PRIMARY KEY, team_id int, email ${text}, age int)`,
  `CREATE TABLE log (id int, note ${text})`,
  "INSERT INTO teams (id, name) VALUES (1, 'red'), (2, 'blue')",
  "INSERT INTO users (id, team_id, email, age) VALUES (1, 1, 'a@x', 20), (2, 2, NULL, NULL)",
]
export const key = 'ALTER TABLE users ADD CONSTRAINT users_team FOREIGN KEY (team_id) REFERENCES teams (id)'
export const members = 'CREATE TABLE members (id int PRIMARY KEY, team_id int REFERENCES teams (id))'
export const membersKey = 'CREATE TABLE members (id int PRIMARY KEY, team_id int, FOREIGN KEY (team_id) REFERENCES teams (id))'
export const view = 'CREATE VIEW adults AS SELECT id, email FROM users WHERE age > 18'
export const viewed = [...base, view]
export const touch = [
  'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (id, note) VALUES (NEW.id, NULL); RETURN NEW; END $$',
]
export const trigger = {
  postgres: ['CREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()'],
  sqlite: ['CREATE TRIGGER users_touch AFTER UPDATE ON users BEGIN INSERT INTO log (id, note) VALUES (NEW.id, NULL); END'],
  mysql: ['CREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW INSERT INTO log (id, note) VALUES (NEW.id, NULL)'],
}
export const triggered = {
  postgres: [...base, ...touch, ...trigger.postgres],
  sqlite: [...base, ...trigger.sqlite],
  mysql: [...base, ...trigger.mysql],
}
/** Whoever changes an address changes the age of its row. */
export const assigning = {
  postgres: [
    ...base,
    'CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.email IS DISTINCT FROM OLD.email THEN NEW.age := 1; END IF; RETURN NEW; END $$',
    'CREATE TRIGGER users_forget BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION forget()',
  ],
  mysql: [
    ...base,
    'CREATE TRIGGER users_forget BEFORE UPDATE ON users FOR EACH ROW SET NEW.team_id = 1, NEW.age = IF(NEW.email <=> OLD.email, NEW.age, 1)',
  ],
}
export const twice = "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'"
export const thrice = "CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 3'"
export const mood = "CREATE TYPE mood AS ENUM ('ok', 'sad')"
export const dropAge = ['ALTER TABLE users DROP COLUMN age']
