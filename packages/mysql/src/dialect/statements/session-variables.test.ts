import { describe, expect, it } from 'vitest'
import { sessionVariables } from './session-variables.ts'

describe('the variables of the session that a statement sets', () => {
  it.each([
    ['SET FOREIGN_KEY_CHECKS = 0', ['foreign_key_checks']],
    ['set session unique_checks=0, @@session.sql_log_bin := 0, @@autocommit = 0', ['unique_checks', 'sql_log_bin', 'autocommit']],
    ['/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */', ['unique_checks']],
    ['-- why\nSET `sql_safe_updates` = (SELECT a = b, 1 FROM t)', ['sql_safe_updates']],
    [
      'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE',
      ['transaction_isolation', 'tx_isolation', 'transaction_read_only', 'tx_read_only'],
    ],
    ['SET GLOBAL max_connections = 5', []],
    ['SET @@global.max_connections = 5, @mine = 2', []],
    ['SET PERSIST max_connections = 5', []],
    ['SET STATEMENT max_statement_time = 1 FOR SELECT 1', []],
    ['SET NAMES utf8mb4', []],
    ['SET ROLE app', []],
    ["UPDATE t SET a = 'SET b = 1'", []],
  ])('%s', (sql, names) => expect(sessionVariables(sql)).toEqual(names))
})
