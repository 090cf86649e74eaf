import { expect, test } from 'vitest'
import { differingWords } from './differing-words.ts'

test('where two statements differ is told with what stands before', () => {
  expect(differingWords('CREATE TABLE a (id int)', 'create  table IF NOT EXISTS a\n(id int) -- again')).toBeUndefined()
  expect(
    differingWords(
      'CREATE TABLE members (id int, account_id int REFERENCES accounts(id) ON DELETE CASCADE)',
      'CREATE TABLE IF NOT EXISTS members (id int, account_id int REFERENCES accounts(id) ON DELETE RESTRICT)',
    ),
  ).toEqual([') ON DELETE CASCADE', ') ON DELETE RESTRICT'].map((text) => `id ${text}`))
  expect(differingWords('CREATE TABLE a (id int)', 'CREATE TABLE a (id int, b int)')).toEqual(['a ( id int', 'a ( id int , b int'])
  expect(differingWords("DEFAULT 'a b'", "DEFAULT 'a  b'")).toEqual(["DEFAULT 'a b'", "DEFAULT 'a  b'"])
})
