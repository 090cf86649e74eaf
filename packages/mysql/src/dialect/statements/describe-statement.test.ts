import { expect, test } from 'vitest'
import { describeStatement } from './describe-statement.ts'

test.each([
  ['-- c\nCREATE TABLE IF NOT EXISTS `a b` (x INT)', { verb: 'CREATE TABLE', object: '`a b`', class: 'ddl', loss: 'none' }],
  ['create temporary table t (a int)', { verb: 'CREATE TEMPORARY TABLE', object: 't', class: 'ddl' }],
  ['drop table if exists a, b.c', { verb: 'DROP TABLE', class: 'ddl', loss: 'certain', loses: 'table a, b.c with its rows' }],
  ['DROP INDEX i ON t', { verb: 'DROP INDEX', loss: 'none' }],
  ['ALTER TABLE t DROP COLUMN a, ADD b INT', { verb: 'ALTER TABLE … DROP COLUMN', object: 't', loss: 'certain', loses: 'column a of t' }],
  ['ALTER TABLE `x`.`t` DROP `a`, DROP b', { loss: 'certain', loses: 'column `a` of `x`.`t`, column b of `x`.`t`' }],
  ['ALTER TABLE t DROP INDEX i, DROP FOREIGN KEY f, DROP PRIMARY KEY', { verb: 'ALTER TABLE … DROP INDEX', loss: 'none' }],
  ['ALTER TABLE t DROP CHECK c', { loss: 'none' }],
  ['ALTER TABLE t MODIFY a VARCHAR(10)', { verb: 'ALTER TABLE … MODIFY COLUMN', loss: 'possible' }],
  ['ALTER TABLE t CHANGE COLUMN a b INT', { verb: 'ALTER TABLE … CHANGE COLUMN', loss: 'possible' }],
  ['ALTER TABLE t ADD a INT', { verb: 'ALTER TABLE … ADD COLUMN', loss: 'none' }],
  ['ALTER TABLE t ADD `index` INT', { verb: 'ALTER TABLE … ADD COLUMN' }],
  ['ALTER TABLE t ADD UNIQUE KEY u (a, b)', { verb: 'ALTER TABLE … ADD UNIQUE' }],
  ['ALTER TABLE t TRUNCATE PARTITION p0', { loss: 'certain', loses: 'partition p0 of t with its rows' }],
  ['ALTER TABLE t RENAME TO u', { verb: 'ALTER TABLE … RENAME TO', loss: 'none' }],
  ['TRUNCATE t', { verb: 'TRUNCATE', loss: 'certain', loses: 'all rows of t' }],
  ['CREATE OR REPLACE TABLE t (a INT)', { verb: 'CREATE OR REPLACE TABLE', loss: 'certain' }],
  ['DELETE FROM t', { verb: 'DELETE', class: 'dml', loss: 'certain', loses: 'all rows of t' }],
  ['DELETE FROM t WHERE a = 1', { class: 'dml', loss: 'none' }],
  ['DELETE a FROM a JOIN b ON a.id = b.id', { class: 'dml', loss: 'none' }],
  ['INSERT IGNORE INTO t VALUES (1)', { verb: 'INSERT', object: 't', class: 'dml', loss: 'none' }],
  ['REPLACE INTO t VALUES (1)', { verb: 'REPLACE', object: 't', class: 'dml' }],
  ['UPDATE LOW_PRIORITY t SET a = 1', { verb: 'UPDATE', object: 't', class: 'dml' }],
  ['WITH x AS (SELECT 1) SELECT * FROM x', { class: 'query' }],
  ['WITH x AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM x)', { class: 'dml' }],
  ['SET sql_mode = 1', { verb: 'SET', class: 'control' }],
  ['LOCK TABLES t WRITE', { class: 'control' }],
  ['CALL p()', { verb: 'CALL', class: 'other' }],
  ['BEGIN NOT ATOMIC SELECT 1; END', { verb: 'BEGIN NOT ATOMIC', class: 'other' }],
  ['CREATE OR REPLACE ALGORITHM = MERGE DEFINER = `a`@`b` SQL SECURITY INVOKER VIEW v AS SELECT 1', { verb: 'CREATE VIEW', object: 'v' }],
  [
    'CREATE DEFINER = CURRENT_USER TRIGGER IF NOT EXISTS g BEFORE INSERT ON t FOR EACH ROW SET @a = 1',
    { verb: 'CREATE TRIGGER', object: 'g' },
  ],
  [
    '/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`%`*/ /*!50003 TRIGGER g AFTER INSERT ON t FOR EACH ROW SET @a = 1 */',
    { verb: 'CREATE TRIGGER', object: 'g', class: 'ddl' },
  ],
  ['/*!40101 SET NAMES utf8 */', { verb: 'SET', class: 'control' }],
  ['RENAME TABLE a TO b, c TO d', { verb: 'RENAME TABLE', object: 'a', loss: 'none' }],
])('%s', (sql, expected) => {
  expect(describeStatement(sql)).toMatchObject(expected)
})
