/** One form of a statement, recognised by its first words. */
export interface DdlForm {
  /** `[X]` may be missing, `{A|B}` is one of several. */
  readonly words: string
  readonly verb: string
  /** The strongest lock on an existing table. */
  readonly lock?: string
  readonly rewrites?: boolean
  /** What is lost; `*` is the object. */
  readonly loses?: string
  /** Without CASCADE the server refuses it as long as something depends on the object. */
  readonly onlyCascade?: boolean
  /** No name follows where one is expected. */
  readonly nameless?: boolean
  readonly anonymous?: boolean
}

const AE = 'ACCESS EXCLUSIVE'
const SRE = 'SHARE ROW EXCLUSIVE'
const SUE = 'SHARE UPDATE EXCLUSIVE'

const plain = (verb: string, kinds: string): readonly DdlForm[] =>
  kinds.split(',').map((kind) => ({ words: `${verb} ${kind}`, verb: `${verb} ${kind}` }))

/** The first form that fits counts. Locks from the manual, 13.3 and the statements' pages, and traced on PostgreSQL 15. */
export const ddlForms: readonly DdlForm[] = [
  { words: 'CREATE [UNIQUE] INDEX CONCURRENTLY', verb: 'CREATE INDEX CONCURRENTLY', lock: SUE },
  { words: 'CREATE [UNIQUE] INDEX', verb: 'CREATE INDEX', lock: 'SHARE' },
  { words: 'CREATE [GLOBAL|LOCAL] [TEMP|TEMPORARY|UNLOGGED] TABLE', verb: 'CREATE TABLE' },
  { words: 'CREATE FOREIGN TABLE', verb: 'CREATE FOREIGN TABLE' },
  { words: 'CREATE [OR] [REPLACE] [TEMP|TEMPORARY] [RECURSIVE] VIEW', verb: 'CREATE VIEW' },
  { words: 'CREATE MATERIALIZED VIEW', verb: 'CREATE MATERIALIZED VIEW' },
  { words: 'CREATE [OR] [REPLACE] [CONSTRAINT] TRIGGER', verb: 'CREATE TRIGGER', lock: SRE },
  { words: 'CREATE EVENT TRIGGER', verb: 'CREATE EVENT TRIGGER' },
  { words: 'CREATE POLICY', verb: 'CREATE POLICY', lock: AE },
  { words: 'CREATE [OR] [REPLACE] RULE', verb: 'CREATE RULE', lock: AE },
  { words: 'CREATE [OR] [REPLACE] {FUNCTION|PROCEDURE|AGGREGATE}', verb: 'CREATE FUNCTION' },
  { words: 'CREATE STATISTICS', verb: 'CREATE STATISTICS', lock: SUE },
  { words: 'CREATE [TEMP|TEMPORARY] SEQUENCE', verb: 'CREATE SEQUENCE' },
  { words: 'CREATE TEXT SEARCH {CONFIGURATION|DICTIONARY|PARSER|TEMPLATE}', verb: 'CREATE TEXT SEARCH' },
  ...plain(
    'CREATE',
    'SCHEMA,EXTENSION,TYPE,DOMAIN,ROLE,USER,GROUP,DATABASE,PUBLICATION,SUBSCRIPTION,COLLATION,CAST,OPERATOR,SERVER,TABLESPACE',
  ),
  { words: 'ALTER FOREIGN TABLE', verb: 'ALTER TABLE' },
  { words: 'ALTER TABLE', verb: 'ALTER TABLE' },
  { words: 'ALTER INDEX', verb: 'ALTER INDEX', lock: SUE },
  { words: 'ALTER MATERIALIZED VIEW', verb: 'ALTER MATERIALIZED VIEW', lock: AE },
  { words: 'ALTER VIEW', verb: 'ALTER VIEW', lock: AE },
  { words: 'ALTER POLICY', verb: 'ALTER POLICY', lock: AE },
  { words: 'ALTER TRIGGER', verb: 'ALTER TRIGGER', lock: AE },
  { words: 'ALTER DEFAULT PRIVILEGES', verb: 'ALTER DEFAULT PRIVILEGES', nameless: true },
  ...plain(
    'ALTER',
    'TYPE,DOMAIN,SEQUENCE,FUNCTION,PROCEDURE,SCHEMA,EXTENSION,ROLE,USER,DATABASE,SYSTEM,PUBLICATION,SUBSCRIPTION,STATISTICS',
  ),
  { words: 'DROP FOREIGN TABLE', verb: 'DROP FOREIGN TABLE', lock: AE },
  { words: 'DROP TABLE', verb: 'DROP TABLE', lock: AE, loses: 'table * with its rows' },
  { words: 'DROP SCHEMA', verb: 'DROP SCHEMA', lock: AE, loses: 'schema * with everything in it', onlyCascade: true },
  { words: 'DROP TYPE', verb: 'DROP TYPE', loses: 'columns of type *', onlyCascade: true },
  { words: 'DROP DOMAIN', verb: 'DROP DOMAIN', loses: 'columns of domain *', onlyCascade: true },
  { words: 'DROP EXTENSION', verb: 'DROP EXTENSION', loses: 'everything that needs extension *', onlyCascade: true },
  { words: 'DROP DATABASE', verb: 'DROP DATABASE', loses: 'database * with everything in it' },
  { words: 'DROP OWNED BY', verb: 'DROP OWNED', loses: 'everything that belongs to *' },
  { words: 'DROP INDEX CONCURRENTLY', verb: 'DROP INDEX CONCURRENTLY', lock: SUE },
  { words: 'DROP INDEX', verb: 'DROP INDEX', lock: AE },
  { words: 'DROP MATERIALIZED VIEW', verb: 'DROP MATERIALIZED VIEW', lock: AE },
  { words: 'DROP VIEW', verb: 'DROP VIEW', lock: AE },
  { words: 'DROP TRIGGER', verb: 'DROP TRIGGER', lock: AE },
  { words: 'DROP POLICY', verb: 'DROP POLICY', lock: AE },
  { words: 'DROP RULE', verb: 'DROP RULE', lock: AE },
  ...plain('DROP', 'SEQUENCE,FUNCTION,PROCEDURE,AGGREGATE,ROLE,USER,PUBLICATION,SUBSCRIPTION,STATISTICS,COLLATION,OPERATOR,CAST'),
  { words: 'TRUNCATE [TABLE]', verb: 'TRUNCATE', lock: AE, loses: 'all rows of *' },
  { words: 'REINDEX {INDEX|TABLE|SCHEMA|DATABASE|SYSTEM} CONCURRENTLY', verb: 'REINDEX CONCURRENTLY', lock: SUE },
  { words: 'REINDEX {INDEX|TABLE|SCHEMA|DATABASE|SYSTEM}', verb: 'REINDEX', lock: AE, rewrites: true },
  { words: 'REFRESH MATERIALIZED VIEW CONCURRENTLY', verb: 'REFRESH MATERIALIZED VIEW CONCURRENTLY', lock: 'EXCLUSIVE' },
  { words: 'REFRESH MATERIALIZED VIEW', verb: 'REFRESH MATERIALIZED VIEW', lock: AE, rewrites: true },
  { words: 'CLUSTER', verb: 'CLUSTER', lock: AE, rewrites: true },
  { words: 'VACUUM FULL', verb: 'VACUUM FULL', lock: AE, rewrites: true },
  { words: 'VACUUM', verb: 'VACUUM', lock: SUE, nameless: true },
  { words: 'ANALYZE', verb: 'ANALYZE', lock: SUE },
  { words: 'COMMENT ON', verb: 'COMMENT', lock: SUE, nameless: true },
  { words: 'GRANT', verb: 'GRANT', nameless: true, anonymous: true },
  { words: 'REVOKE', verb: 'REVOKE', nameless: true, anonymous: true },
  { words: 'REASSIGN OWNED BY', verb: 'REASSIGN OWNED' },
  { words: 'SECURITY LABEL', verb: 'SECURITY LABEL', nameless: true },
  { words: 'IMPORT FOREIGN SCHEMA', verb: 'IMPORT FOREIGN SCHEMA' },
]
