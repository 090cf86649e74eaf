/** One form of a statement, recognised by its first words. */
export interface DdlForm {
  /** `[X]` may be missing, `{A|B}` is one of several. */
  readonly words: string
  readonly verb: string
  /** The lock on an existing table, as the server's metadata locks have it. */
  readonly lock?: string
  readonly rewrites?: boolean
  /** What is lost; `*` is the object. */
  readonly loses?: string
  /** No name follows where one is expected. */
  readonly nameless?: boolean
}

export const EXCLUSIVE = 'EXCLUSIVE metadata lock'
const SHARED_NO_WRITE = 'SHARED_NO_WRITE metadata lock'

const plain = (verb: string, kinds: string): readonly DdlForm[] =>
  kinds.split(',').map((kind) => ({ words: `${verb} ${kind}`, verb: `${verb} ${kind}` }))

/** The first form that fits counts. Locks from MySQL 10.11.4 "Metadata Locking" and 17.12 "InnoDB and Online DDL". */
export const ddlForms: readonly DdlForm[] = [
  { words: 'CREATE [OR] [REPLACE] TEMPORARY TABLE', verb: 'CREATE TEMPORARY TABLE' },
  { words: 'CREATE OR REPLACE TABLE', verb: 'CREATE OR REPLACE TABLE', lock: EXCLUSIVE, loses: 'what table * held before' },
  { words: 'CREATE TABLE', verb: 'CREATE TABLE' },
  { words: 'CREATE [OR] [REPLACE] [ONLINE|OFFLINE] [UNIQUE|FULLTEXT|SPATIAL|VECTOR] INDEX', verb: 'CREATE INDEX', lock: EXCLUSIVE },
  { words: 'CREATE OR REPLACE {DATABASE|SCHEMA}', verb: 'CREATE OR REPLACE DATABASE', loses: 'database * with everything in it' },
  ...plain('CREATE', 'DATABASE,SCHEMA,USER,ROLE,SERVER,TABLESPACE,LOGFILE'),
  { words: 'CREATE OR REPLACE SEQUENCE', verb: 'CREATE OR REPLACE SEQUENCE' },
  { words: 'CREATE SEQUENCE', verb: 'CREATE SEQUENCE' },
  { words: 'ALTER [ONLINE] [IGNORE] TABLE', verb: 'ALTER TABLE', lock: EXCLUSIVE },
  ...plain('ALTER', 'VIEW,DATABASE,SCHEMA,USER,FUNCTION,PROCEDURE,EVENT,SEQUENCE,SERVER,TABLESPACE,INSTANCE'),
  { words: 'DROP TEMPORARY TABLE', verb: 'DROP TEMPORARY TABLE' },
  { words: 'DROP {TABLE|TABLES}', verb: 'DROP TABLE', lock: EXCLUSIVE, loses: 'table * with its rows' },
  { words: 'DROP {DATABASE|SCHEMA}', verb: 'DROP DATABASE', loses: 'database * with everything in it' },
  { words: 'DROP INDEX', verb: 'DROP INDEX', lock: EXCLUSIVE },
  ...plain('DROP', 'VIEW,TRIGGER,FUNCTION,PROCEDURE,EVENT,SEQUENCE,USER,ROLE,SERVER,TABLESPACE'),
  { words: 'TRUNCATE [TABLE]', verb: 'TRUNCATE', lock: EXCLUSIVE, loses: 'all rows of *' },
  { words: 'RENAME {TABLE|TABLES}', verb: 'RENAME TABLE', lock: EXCLUSIVE },
  { words: 'RENAME USER', verb: 'RENAME USER' },
  { words: 'OPTIMIZE [NO_WRITE_TO_BINLOG|LOCAL] {TABLE|TABLES}', verb: 'OPTIMIZE TABLE', lock: SHARED_NO_WRITE, rewrites: true },
  { words: 'REPAIR [NO_WRITE_TO_BINLOG|LOCAL] {TABLE|TABLES}', verb: 'REPAIR TABLE', lock: EXCLUSIVE },
  { words: 'ANALYZE [NO_WRITE_TO_BINLOG|LOCAL] {TABLE|TABLES}', verb: 'ANALYZE TABLE' },
  { words: 'CHECK {TABLE|TABLES}', verb: 'CHECK TABLE' },
  { words: 'GRANT', verb: 'GRANT', nameless: true },
  { words: 'REVOKE', verb: 'REVOKE', nameless: true },
  { words: 'FLUSH', verb: 'FLUSH', nameless: true },
  { words: 'INSTALL', verb: 'INSTALL', nameless: true },
  { words: 'UNINSTALL', verb: 'UNINSTALL', nameless: true },
]

/** `CREATE OR REPLACE DEFINER = … SQL SECURITY … VIEW`: what is created comes after clauses of any length. */
export const DEFINED = new Set(['VIEW', 'TRIGGER', 'FUNCTION', 'PROCEDURE', 'EVENT', 'AGGREGATE'])
