import { describeStatement } from './describe-statement.ts'
import { standsBesideOthers, statementCount } from './statement-kind.ts'

/** Definitions of tables and indexes give one answer, and no text of them is kept as it was written. */
const VERBS = new Set(['CREATE TABLE', 'CREATE OR REPLACE TABLE', 'CREATE INDEX', 'DROP TABLE', 'DROP INDEX', 'RENAME TABLE', 'TRUNCATE'])

/** Whether a statement that commits by itself may stand in one text behind a transaction. */
export function followsCommit(sql: string): boolean {
  const { verb } = describeStatement(sql)
  const isOne = (VERBS.has(verb) || verb.startsWith('ALTER TABLE')) && !/;\s*$/.test(sql)
  return isOne && standsBesideOthers(sql) && statementCount(sql) === 1
}
