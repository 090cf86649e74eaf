import { expect, test } from 'vitest'
import { canonical } from './canonical.ts'
import { withQuotedStrings } from './quoted-strings.ts'
import { significant } from './tokens.ts'

test('a double-quoted word that names nothing is a string', () => {
  const names = new Map(['a', 'it'].map((name) => [name, name]))
  const read = (sql: string): string => canonical(withQuotedStrings(significant(sql), names), names)
  expect(read(`json_extract("A", "$.x")`)).toBe(`json_extract(a, '$.x')`)
  expect(read(`"it's" || "it" = "rowid"`)).toBe(`'it''s' || it = "rowid"`)
  expect(read(`CAST(a AS "TEXT") COLLATE "NOCASE" = "upper"(t."a")`)).toBe(`CAST(a AS "TEXT") COLLATE "NOCASE" = "upper"(t.a)`)
})
