import { lexerRules, splitStatements } from '@yama/sql'
import { expect, it } from 'vitest'
import { clientStatement } from './client-statement.ts'

it('gives the bodies of MySQL another delimiter, and no other statement', () => {
  const body = "CREATE PROCEDURE p() BEGIN SELECT 'a//b'; SELECT 2; END"
  expect(clientStatement(body, 'mysql')).toBe(`DELIMITER $$\n${body}$$\nDELIMITER ;`)
  expect(clientStatement('SELECT 1', 'mariadb')).toBe('SELECT 1;')
  expect(clientStatement(body, 'postgres')).toBe(`${body};`)
  const script = `${clientStatement(body, 'mariadb')}\n${clientStatement('SELECT 1', 'mariadb')}`
  expect(splitStatements(script, lexerRules.mysql).map(({ text }) => text)).toEqual([body, 'SELECT 1'])
})
