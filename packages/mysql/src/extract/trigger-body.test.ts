import { expect, it } from 'vitest'
import { triggerBody } from './trigger-body.ts'

it.each([
  ["CREATE DEFINER=`r`@`%` TRIGGER `for each row` BEFORE INSERT ON `t` FOR EACH ROW SET @a = 'it''s \\\\d'", [], "SET @a = 'it''s \\\\d'"],
  ['create trigger g after delete on t for each row follows `o``f` begin set @a = 1; end', [], 'begin set @a = 1; end'],
  ['CREATE TRIGGER g AFTER DELETE ON t FOR EACH ROW /* why */ PRECEDES h\n  SET @a = 1 ', [], 'SET @a = 1'],
  ["CREATE TRIGGER \"g\" AFTER DELETE ON t FOR EACH ROW SET @a = 'c:\\', @b = 'd'", ['NO_BACKSLASH_ESCAPES'], "SET @a = 'c:\\', @b = 'd'"],
])('%s', (statement, modes, body) => {
  expect(triggerBody(statement, modes)).toBe(body)
})
