import { expect, test } from 'vitest'
import { quoteIdentifier } from './quote-identifier.ts'
import { quoteLiteral } from './quote-literal.ts'

test('names are quoted only where they must be', () => {
  expect(['users', 'user', 'User', 'a b', 'a"b', '1a', 'name'].map((name) => quoteIdentifier(name, 'postgres'))).toEqual([
    'users',
    '"user"',
    '"User"',
    '"a b"',
    '"a""b"',
    '"1a"',
    'name',
  ])
  expect(['Users', 'order', 'key', 'a-b'].map((name) => quoteIdentifier(name, 'sqlite'))).toEqual(['Users', '"order"', 'key', '"a-b"'])
  expect(['Users', 'order', 'rank', 'option', 'a`b'].map((name) => quoteIdentifier(name, 'mysql'))).toEqual([
    'Users',
    '`order`',
    '`rank`',
    '`option`',
    '`a``b`',
  ])
  expect(() => quoteIdentifier('a\0b', 'postgres')).toThrow(expect.objectContaining({ code: 'YAMA_SQL_NUL' }))
})

test('literals', () => {
  expect(quoteLiteral("it's", 'postgres')).toBe("'it''s'")
  expect(quoteLiteral('a\\b', 'postgres')).toBe("E'a\\\\b'")
  expect(quoteLiteral('a\\b', 'mysql')).toBe("'a\\\\b'")
  expect(quoteLiteral('a\r\nb', 'mysql')).toBe("'a\\r\nb'")
  expect(quoteLiteral('a\r\nb', 'postgres')).toBe("E'a\\r\nb'")
  expect(quoteLiteral('a\0b', 'sqlite')).toBe("CAST(X'610062' AS TEXT)")
  expect(() => quoteLiteral('\0', 'postgres')).toThrow(expect.objectContaining({ code: 'YAMA_SQL_NUL' }))
})
