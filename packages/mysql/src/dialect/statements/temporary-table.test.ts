import { expect, test } from 'vitest'
import { temporaryTable } from './temporary-table.ts'

test.each([
  ['CREATE TEMPORARY TABLE t (a int)', 't'],
  ['create temporary table if not exists `app` . `a b` as select 1', '`app`.`a b`'],
  ['/* a */ CREATE OR REPLACE TEMPORARY TABLE t LIKE u', 't'],
  ['CREATE TABLE `TEMPORARY` (a int)', undefined],
  ['DROP TEMPORARY TABLE t', undefined],
  ["INSERT INTO t VALUES ('CREATE TEMPORARY TABLE x')", undefined],
])('%s', (sql, name) => expect(temporaryTable(sql)).toBe(name))
