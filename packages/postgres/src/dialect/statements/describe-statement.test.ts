import { expect, test } from 'vitest'
import { describeStatement } from './describe-statement.ts'

const AE = 'ACCESS EXCLUSIVE'
const SRE = 'SHARE ROW EXCLUSIVE'
const SUE = 'SHARE UPDATE EXCLUSIVE'

test.each<[sql: string, verb: string, object: string | undefined, lock: string | undefined, rewrites: boolean | undefined, loss: string]>([
  ['create table if not exists app."My T" (id int)', 'CREATE TABLE', 'app."My T"', undefined, undefined, 'none'],
  ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX', 'i', 'SHARE', undefined, 'none'],
  ['-- c\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)', 'CREATE INDEX CONCURRENTLY', 'i', SUE, undefined, 'none'],
  ['CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ delete from t $$', 'CREATE FUNCTION', 'f', undefined, undefined, 'none'],
  ['ALTER TABLE t ADD COLUMN a int', 'ALTER TABLE … ADD COLUMN', 't', AE, false, 'none'],
  ['ALTER TABLE t ADD a int DEFAULT now()', 'ALTER TABLE … ADD COLUMN', 't', AE, false, 'none'],
  ['ALTER TABLE t ADD COLUMN a uuid DEFAULT gen_random_uuid()', 'ALTER TABLE … ADD COLUMN', 't', AE, true, 'none'],
  ['ALTER TABLE t ADD COLUMN a int DEFAULT mine()', 'ALTER TABLE … ADD COLUMN', 't', AE, undefined, 'none'],
  ['ALTER TABLE t ADD COLUMN a bigserial', 'ALTER TABLE … ADD COLUMN', 't', AE, true, 'none'],
  ['ALTER TABLE IF EXISTS ONLY s.t DROP COLUMN IF EXISTS "a b", ADD b int', 'ALTER TABLE … DROP COLUMN', 's.t', AE, false, 'certain'],
  ['ALTER TABLE t DROP a', 'ALTER TABLE … DROP COLUMN', 't', AE, false, 'certain'],
  ['ALTER TABLE t DROP CONSTRAINT c', 'ALTER TABLE … DROP CONSTRAINT', 't', AE, false, 'none'],
  ['ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint', 'ALTER TABLE … ALTER COLUMN TYPE', 't', AE, undefined, 'possible'],
  ['ALTER TABLE t ALTER a SET DATA TYPE text', 'ALTER TABLE … ALTER COLUMN TYPE', 't', AE, undefined, 'possible'],
  ['ALTER TABLE t ALTER a SET NOT NULL', 'ALTER TABLE … ALTER COLUMN SET NOT NULL', 't', AE, false, 'none'],
  ['ALTER TABLE t ALTER a SET STATISTICS 100', 'ALTER TABLE … ALTER COLUMN SET STATISTICS', 't', SUE, false, 'none'],
  ['ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u', 'ALTER TABLE … ADD CONSTRAINT FOREIGN KEY', 't', SRE, false, 'none'],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID', 'ALTER TABLE … ADD CONSTRAINT', 't', AE, false, 'none'],
  ['ALTER TABLE t VALIDATE CONSTRAINT c', 'ALTER TABLE … VALIDATE CONSTRAINT', 't', SUE, false, 'none'],
  ['ALTER TABLE t SET UNLOGGED', 'ALTER TABLE … SET UNLOGGED', 't', AE, true, 'none'],
  ['ALTER TABLE t SET (fillfactor = 70)', 'ALTER TABLE … SET', 't', SUE, false, 'none'],
  ['ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)', 'ALTER TABLE … ATTACH PARTITION', 't', SUE, false, 'none'],
  ['ALTER TABLE t DETACH PARTITION s.p CONCURRENTLY', 'ALTER TABLE … DETACH PARTITION CONCURRENTLY', 't', SUE, false, 'none'],
  ['ALTER TABLE t DETACH PARTITION p', 'ALTER TABLE … DETACH PARTITION', 't', AE, false, 'none'],
  ['ALTER TABLE t RENAME a TO b', 'ALTER TABLE … RENAME', 't', AE, false, 'none'],
  ['ALTER TABLE t DISABLE TRIGGER ALL', 'ALTER TABLE … DISABLE TRIGGER', 't', SRE, false, 'none'],
  ["ALTER TYPE mood ADD VALUE 'x'", 'ALTER TYPE', 'mood', undefined, undefined, 'none'],
  ['DROP TABLE IF EXISTS a, s.b CASCADE', 'DROP TABLE', 'a', AE, undefined, 'certain'],
  ['DROP SCHEMA s', 'DROP SCHEMA', 's', AE, undefined, 'none'],
  ['DROP SCHEMA s CASCADE', 'DROP SCHEMA', 's', AE, undefined, 'certain'],
  ['DROP TYPE mood', 'DROP TYPE', 'mood', undefined, undefined, 'none'],
  ['DROP TYPE mood CASCADE', 'DROP TYPE', 'mood', undefined, undefined, 'certain'],
  ['DROP INDEX i', 'DROP INDEX', 'i', AE, undefined, 'none'],
  ['DROP INDEX CONCURRENTLY IF EXISTS i', 'DROP INDEX CONCURRENTLY', 'i', SUE, undefined, 'none'],
  ['DROP VIEW v', 'DROP VIEW', 'v', AE, undefined, 'none'],
  ['DROP MATERIALIZED VIEW v', 'DROP MATERIALIZED VIEW', 'v', AE, undefined, 'none'],
  ['DROP TRIGGER g ON t', 'DROP TRIGGER', 'g', AE, undefined, 'none'],
  ['DROP POLICY p ON t', 'DROP POLICY', 'p', AE, undefined, 'none'],
  ['TRUNCATE a, b', 'TRUNCATE', 'a', AE, undefined, 'certain'],
  ['DELETE FROM t', 'DELETE', 't', 'ROW EXCLUSIVE', undefined, 'certain'],
  ['DELETE FROM ONLY t USING (SELECT 1 WHERE true) u', 'DELETE', 't', 'ROW EXCLUSIVE', undefined, 'certain'],
  ['DELETE FROM t WHERE a = 1', 'DELETE', 't', 'ROW EXCLUSIVE', undefined, 'none'],
  ['UPDATE t SET a = 1', 'UPDATE', 't', 'ROW EXCLUSIVE', undefined, 'none'],
  ['INSERT INTO t VALUES (1)', 'INSERT', 't', 'ROW EXCLUSIVE', undefined, 'none'],
  ['COPY t FROM STDIN', 'COPY', 't', 'ROW EXCLUSIVE', undefined, 'none'],
  ['SELECT 1', 'SELECT', undefined, undefined, undefined, 'none'],
  ['SET search_path = a', 'SET', undefined, undefined, undefined, 'none'],
  ['COMMENT ON TABLE t IS $$x$$', 'COMMENT', undefined, SUE, undefined, 'none'],
  ['REINDEX TABLE CONCURRENTLY t', 'REINDEX CONCURRENTLY', 't', SUE, undefined, 'none'],
  ['REFRESH MATERIALIZED VIEW v', 'REFRESH MATERIALIZED VIEW', 'v', AE, true, 'none'],
  ['CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()', 'CREATE TRIGGER', 'g', SRE, undefined, 'none'],
  ['GRANT SELECT ON t TO r', 'GRANT', undefined, undefined, undefined, 'none'],
  ['DO $$ BEGIN END $$', 'DO', undefined, undefined, undefined, 'none'],
  ['', '', undefined, undefined, undefined, 'none'],
])('%s', (sql, verb, object, lock, rewrites, loss) => {
  const effect = describeStatement(sql)
  expect({ verb: effect.verb, object: effect.object, lock: effect.lock, rewrites: effect.rewrites, loss: effect.loss }).toEqual({
    verb,
    object,
    lock,
    rewrites,
    loss,
  })
})

test('says what is lost', () => {
  expect(describeStatement('DROP TABLE IF EXISTS a, s.b').loses).toBe('table a, s.b with its rows')
  expect(describeStatement('ALTER TABLE t DROP a, DROP COLUMN b').loses).toBe('column a of t, column b of t')
  expect(describeStatement('TRUNCATE a, b').loses).toBe('all rows of a, b')
})
