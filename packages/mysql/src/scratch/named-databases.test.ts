import { expect, test } from 'vitest'
import { namedDatabases } from './named-databases.ts'

const found = (sql: string): string =>
  namedDatabases(sql)
    .map(({ name, changes, start, end }) => {
      expect(sql.slice(start, end).replaceAll('`', '')).toBe(name)
      return changes ? `${name}!` : name
    })
    .join(' ')

test.each([
  ['USE app', 'app!'],
  ['use `app`', 'app!'],
  ['/*!50000 USE app */', 'app!'],
  ['CREATE DATABASE /*!32312 IF NOT EXISTS*/ `app` /*!40100 DEFAULT CHARACTER SET utf8mb4 */', 'app!'],
  ['DROP SCHEMA IF EXISTS app', 'app!'],
  ['ALTER DATABASE app COLLATE utf8mb4_bin', 'app!'],
  ['CREATE OR REPLACE DATABASE app', 'app!'],
  ['CREATE TABLE IF NOT EXISTS app.t (id int, CHECK (t.id > 1))', 'app!'],
  ['CREATE TABLE t (id int REFERENCES app.p (id), x int)', 'app'],
  ['CREATE TABLE t LIKE app.p', 'app'],
  ['CREATE TABLE t AS SELECT a.x, b.y FROM a JOIN b ON a.id = b.id WHERE a.x LIKE b.y', ''],
  ['CREATE TABLE t SELECT a.x FROM app.a, other.b', 'app other'],
  ['ALTER TABLE app.t ADD FOREIGN KEY (a) REFERENCES other.p (id) ON DELETE SET NULL ON UPDATE CASCADE, ADD x int', 'app! other'],
  ['ALTER TABLE t RENAME TO app.u', 'app!'],
  ['ALTER TABLE t EXCHANGE PARTITION p WITH TABLE app.u', 'app!'],
  ['DROP TABLE IF EXISTS t, app.u, `other`.v CASCADE', 'app! other!'],
  ['RENAME TABLE t TO app.t, app.u TO u', 'app! app!'],
  ['TRUNCATE app.t', 'app!'],
  ['TRUNCATE TABLE app.t', 'app!'],
  ['CREATE UNIQUE INDEX i ON app.t (a, b)', 'app!'],
  ['DROP INDEX i ON app.t', 'app!'],
  ['INSERT INTO app.t (t.a, b) VALUES (1, 2) ON DUPLICATE KEY UPDATE t.a = 1, b.c = 2', 'app!'],
  ['INSERT IGNORE app.t SELECT a.x, c.d FROM other.a', 'app! other'],
  ['REPLACE INTO t SELECT REPLACE(a.x, b.y, c.z) FROM a FOR UPDATE', ''],
  ['UPDATE LOW_PRIORITY app.t SET t.a = u.b', 'app!'],
  ['UPDATE t JOIN app.u ON t.id = u.id SET t.a = 1', 'app'],
  ['DELETE FROM app.t WHERE t.a = 1', 'app!'],
  ['DELETE t FROM t JOIN app.u USING (id)', 'app'],
  ['DELETE t.*, u.* FROM t JOIN u USING (id)', ''],
  ["INSERT INTO t SELECT REPLACE(u.x, 'a', 'b'), u.y, TRUNCATE(u.z, 1), u.w FROM u", ''],
  ["SELECT INSERT(u.x, 1, 1, 'b'), u.y FROM u", ''],
  ["UPDATE t SET t.a = REPLACE(t.a, 'x', 'y'), t.b = 1.5", ''],
  ['INSERT INTO t (event, x) SELECT event, u.x FROM u ON DUPLICATE KEY UPDATE x = VALUES(x)', ''],
  ['CREATE VIEW v AS SELECT event, u.x FROM u', ''],
  ['OPTIMIZE TABLE app.t, u', 'app'],
  ['WITH x AS (SELECT 1) DELETE FROM app.t', 'app!'],
  ["LOAD DATA INFILE 'f' INTO TABLE app.t", 'app!'],
  ['CALL app.p(1)', 'app!'],
  ['SELECT app.f(1), app.t.id, t.id, EXTRACT(DAY FROM t.made) FROM t', 'app app'],
  ['CREATE VIEW app.v AS SELECT t.a FROM other.t', 'app! other'],
  ['CREATE DEFINER=`r`@`%` TRIGGER app.g BEFORE UPDATE ON app.t FOR EACH ROW INSERT INTO other.log VALUES (NEW.id)', 'app! app! other'],
  ['CREATE PROCEDURE p() BEGIN DELETE FROM other.t; DROP TABLE IF EXISTS other.u; END', 'other other'],
  ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM other.t', 'other'],
  ['DROP VIEW app.v, w', 'app!'],
  ['GRANT SELECT, UPDATE ON app.* TO reader', 'app!'],
  ['GRANT SELECT ON *.* TO reader', ''],
  ['GRANT EXECUTE ON PROCEDURE app.p TO reader', 'app!'],
  ['LOCK TABLES app.t WRITE, u READ', 'app'],
  ['BEGIN NOT ATOMIC DELETE FROM app.t; DROP TABLE app.u; END', 'app! app!'],
])('%s', (sql, expected) => {
  expect(found(sql)).toBe(expected)
})
