import type { BranchCase } from '../branch-case.ts'

const lines = ['CREATE TABLE t (id int, a int, b int)', 'INSERT INTO t VALUES (1, 1, 1), (2, 1, 2), (3, 3, 3)']
const numbered = {
  postgres: [...lines, 'CREATE TABLE u (n serial, x int)'],
  mysql: [...lines, 'CREATE TABLE u (n int AUTO_INCREMENT PRIMARY KEY, x int)'],
  sqlite: [...lines, 'CREATE TABLE u (n integer PRIMARY KEY, x int)'],
}
const logging = [
  ...lines,
  'CREATE TABLE u (n serial, x int)',
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO u (x) VALUES (NEW.id); RETURN NEW; END $$',
  'CREATE TRIGGER g AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f()',
]

/** What differs with the order in which rows are found. */
export const orderCases: readonly BranchCase[] = [
  {
    name: 'rows copied and numbered, another column of some changed, which lie elsewhere then',
    base: numbered,
    a: ['INSERT INTO u (x) SELECT id FROM t'],
    b: ['UPDATE t SET b = 9 WHERE a = 1'],
    expect: 'conflict',
    ours: { verdict: 'conflict', because: 'an index may be what they are found by', on: ['mysql', 'sqlite'] },
  },
  {
    name: 'rows copied without numbers, another column of some changed',
    base: {
      postgres: [...lines, 'CREATE TABLE u (x int)'],
      mysql: [...lines, 'CREATE TABLE u (x int)'],
      sqlite: [...lines, 'CREATE TABLE u (x int)'],
    },
    a: ['INSERT INTO u (x) SELECT id FROM t'],
    b: ['UPDATE t SET b = 9 WHERE a = 1'],
    expect: 'commute',
  },
  {
    name: 'rows copied and numbered, an index made by which they are found',
    base: {
      mysql: [...numbered.mysql, 'UPDATE t SET a = 9 WHERE id = 1', 'ALTER TABLE t ADD PRIMARY KEY (id)'],
      sqlite: [...numbered.sqlite, 'UPDATE t SET a = 9 WHERE id = 1'],
    },
    a: ['INSERT INTO u (x) SELECT a FROM t'],
    b: ['CREATE INDEX i ON t (a)'],
    expect: 'conflict',
  },
  {
    name: 'rows that a trigger numbers, another column of one changed',
    base: logging,
    a: ['UPDATE t SET a = a + 1'],
    b: ['UPDATE t SET b = 9 WHERE id = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
  {
    name: 'the last of several rows, another column of one changed',
    base: [...lines, 'CREATE TABLE u (id int, x int)', 'INSERT INTO u VALUES (1, 0)'],
    a: ['UPDATE u SET x = t.id FROM t WHERE t.a = u.id'],
    b: ['UPDATE t SET b = 9 WHERE b = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
  {
    name: 'one row of several, another column of one changed',
    base: [...lines, 'CREATE TABLE u (x int)'],
    a: ['INSERT INTO u (x) SELECT id FROM t WHERE a = 1 LIMIT 1'],
    b: ['UPDATE t SET b = 9 WHERE b = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
  {
    name: 'one row of several through a view, another column of one changed',
    base: [...lines, 'CREATE TABLE u (x int)', 'CREATE VIEW v AS SELECT id FROM t WHERE a = 1 LIMIT 1'],
    a: ['INSERT INTO u (x) SELECT id FROM v'],
    b: ['UPDATE t SET b = 9 WHERE b = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
  {
    name: 'how many rows there are, another column of one changed',
    base: [...lines, 'CREATE TABLE u (x int)'],
    a: ['INSERT INTO u (x) SELECT count(*) FROM t WHERE a = 1'],
    b: ['UPDATE t SET b = 9 WHERE b = 1'],
    expect: 'commute',
  },
  {
    name: 'a column of numbers for the rows that are there, one of them changed',
    base: lines,
    a: ['ALTER TABLE t ADD COLUMN n serial'],
    b: ['UPDATE t SET b = 9 WHERE id = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
  {
    name: 'a column of numbers for the rows that are there, one of them removed',
    base: lines,
    a: ['ALTER TABLE t ADD COLUMN n serial'],
    b: ['DELETE FROM t WHERE id = 1'],
    expect: 'conflict',
    on: ['postgres'],
  },
]
