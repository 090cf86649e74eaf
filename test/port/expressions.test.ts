import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import type { DatabaseKind } from '@yama/core'
import type { PortDialect } from '@yama/schema'
import { schemaDialect } from '@yama/authoring'
import { sqlite } from '@yama/sqlite'
import { describe, expect, it } from 'vitest'

const ports = {
  postgres: schemaDialect(postgres({ url: 'postgres://nobody@localhost/none' })).port,
  mysql: schemaDialect(mysql({ url: 'mysql://localhost' })).port,
  mariadb: schemaDialect(mariadb({ url: 'mariadb://localhost' })).port,
  sqlite: schemaDialect(sqlite({ url: 'sqlite::memory:' })).port,
} satisfies Record<DatabaseKind, PortDialect | undefined>

function translate(from: DatabaseKind, to: DatabaseKind, sql: string): string {
  const read = ports[from]?.readExpression(sql)
  if (read === undefined) return 'not read'
  const written = ports[to]?.writeExpression(read)
  return written === undefined ? 'no port' : 'problem' in written ? `problem: ${written.problem}` : written.sql
}

describe('an expression of PostgreSQL', () => {
  it.each([
    ['(deleted_at IS NULL)', 'deleted_at IS NULL', 'deleted_at IS NULL'],
    [
      "(subject_type = ANY (ARRAY['user'::text, 'client'::text]))",
      "subject_type IN ('user', 'client')",
      "subject_type IN ('user', 'client')",
    ],
    ["(state <> ALL (ARRAY['a'::text, 'b'::text]))", "state NOT IN ('a', 'b')", "state NOT IN ('a', 'b')"],
    ["((a || ' '::text) || b)", "concat(a, ' ', b)", "(a || ' ' || b)"],
    ['COALESCE(a, b, 0)', 'coalesce(a, b, 0)', 'coalesce(a, b, 0)'],
    ['(char_length(name) <= 255)', 'char_length(name) <= 255', 'length(name) <= 255'],
    ["(data ->> 'client'::text)", "json_unquote(json_extract(data, '$.client'))", "json_extract(data, '$.client')"],
    ["((data -> 'a'::text) ->> 'b'::text)", "json_unquote(json_extract(data, '$.a.b'))", "json_extract(data, '$.a.b')"],
    [
      "(request #>> '{session,subject}'::text[])",
      "json_unquote(json_extract(request, '$.session.subject'))",
      "json_extract(request, '$.session.subject')",
    ],
    ['((a IS NULL) OR (b IS NOT NULL)) AND (NOT c)', '(a IS NULL OR b IS NOT NULL) AND NOT c', '(a IS NULL OR b IS NOT NULL) AND NOT c'],
    ['(a - (b - c))', 'a - (b - c)', 'a - (b - c)'],
    ['((a + b) * c)', '(a + b) * c', '(a + b) * c'],
    [
      "CASE WHEN a > 0 THEN 'x'::text ELSE NULL::text END",
      "CASE WHEN a > 0 THEN 'x' ELSE NULL END",
      "CASE WHEN a > 0 THEN 'x' ELSE NULL END",
    ],
    ['(a IS DISTINCT FROM b)', 'NOT (a <=> b)', 'a IS NOT b'],
    ['(a BETWEEN 1 AND 10)', 'a BETWEEN 1 AND 10', 'a BETWEEN 1 AND 10'],
    ["(name ~~ 'A%'::text)", "name LIKE 'A%'", "name GLOB 'A*'"],
    ["(name ~ '^[a-z]+$'::text)", "regexp_like(name, '^[a-z]+$', 'c')", 'problem: there is nothing for the operator regexp'],
    ['EXTRACT(epoch FROM now())', 'unix_timestamp()', "CAST(strftime('%s', 'now') AS INTEGER)"],
    ['gen_random_uuid()', 'uuid()', expect.stringContaining('randomblob') as unknown as string],
    ["E'it\\'s\\n'", "'it''s\n'", "'it''s\n'"],
    ['"left"."Order" > 1', '`left`.`Order` > 1', '"left"."Order" > 1'],
  ])('%s', (sql, inMysql, inSqlite) => {
    expect(translate('postgres', 'mysql', sql.replaceAll(/::text\b(?!\[)/g, ''))).toEqual(inMysql)
    expect(translate('postgres', 'sqlite', sql.replaceAll(/::text\b(?!\[)/g, ''))).toEqual(inSqlite)
  })

  it.each([
    'public.canon(name)',
    "now() - '1 day'::interval",
    '(SELECT 1)',
    'x COLLATE "C"',
    "to_tsvector('english', a)",
    'a[1]',
    'x = ',
    '',
  ])('is not guessed: %s', (sql) => {
    expect(ports.postgres?.readExpression(sql)).toBeUndefined()
  })
})

describe('an expression of MySQL', () => {
  it.each([
    ["(`a` = _utf8mb4'x') || (`b` <=> 1)", "a = 'x' OR b IS NOT DISTINCT FROM 1", "a = 'x' OR b IS 1"],
    ["concat(`a`,_utf8mb4' ',`b`)", "(a || ' ' || b)", "(a || ' ' || b)"],
    ['if((`a` > 0),1,0)', 'CASE WHEN a > 0 THEN 1 ELSE 0 END', 'CASE WHEN a > 0 THEN 1 ELSE 0 END'],
    ["json_unquote(json_extract(`d`,_utf8mb4'$.k'))", "((d)::jsonb ->> 'k')", "json_extract(d, '$.k')"],
    ['(length(`b`) = 16)', 'octet_length(b) = 16', 'length(CAST(b AS BLOB)) = 16'],
    ['isnull(`a`)', 'a IS NULL', 'a IS NULL'],
  ])('%s', (sql, inPostgres, inSqlite) => {
    expect(translate('mysql', 'postgres', sql)).toBe(inPostgres)
    expect(translate('mysql', 'sqlite', sql)).toBe(inSqlite)
  })
})

describe('an expression of SQLite', () => {
  it.each([
    ["strftime('%s', 'now')", '(EXTRACT(epoch FROM now()))::bigint', 'unix_timestamp()'],
    ["datetime('now')", 'now()', 'CURRENT_TIMESTAMP(6)'],
    ["status IN ('a', 'b')", "status IN ('a', 'b')", "status IN ('a', 'b')"],
    ['a IS NOT b', 'a IS DISTINCT FROM b', 'NOT (a <=> b)'],
    ['a == 1 AND b != 2', 'a = 1 AND b <> 2', 'a = 1 AND b <> 2'],
    ["json_extract(CAST(d AS TEXT), '$.a.b')", "((d)::jsonb -> 'a' ->> 'b')", "json_unquote(json_extract(d, '$.a.b'))"],
    ["name LIKE 'a%'", "name ILIKE 'a%'", "lower(name) LIKE lower('a%')"],
    ["X'7B7D'", "'\\x7b7d'::bytea", "X'7B7D'"],
  ])('%s', (sql, inPostgres, inMysql) => {
    expect(translate('sqlite', 'postgres', sql)).toBe(inPostgres)
    expect(translate('sqlite', 'mysql', sql)).toBe(inMysql)
  })
})
