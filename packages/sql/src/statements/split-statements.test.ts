import type { DatabaseKind } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { lexerRules } from '../lexer/lexer-rules.ts'
import { splitStatements } from './split-statements.ts'

const texts = (sql: string, kind: DatabaseKind): string[] => splitStatements(sql, lexerRules[kind]).map(({ text }) => text)
const failure = (sql: string, kind: DatabaseKind): unknown => {
  try {
    return splitStatements(sql, lexerRules[kind])
  } catch (error) {
    const { code, position } = error as { code: string; position: unknown }
    return { code, position }
  }
}

describe('every database', () => {
  for (const kind of ['postgres', 'sqlite', 'mysql', 'mariadb'] as const) {
    test(`${kind}: splits outside of quotes, comments and parentheses, and drops empty statements`, () => {
      expect(texts(";; select ';' /* ; */ , (1;2) -- ;\n; ;\n-- end;\nselect 2", kind)).toEqual(["select ';' /* ; */ , (1;2)", 'select 2'])
    })
    test(`${kind}: doubled quotes, empty input, only comments`, () => {
      expect(texts("select 'a''; b'; select ''", kind)).toEqual(["select 'a''; b'", "select ''"])
      expect(texts('', kind)).toEqual([])
      expect(texts(' -- nothing\n/* at all */ ;', kind)).toEqual([])
    })
    test(`${kind}: CRLF and byte order mark`, () => {
      expect(splitStatements('\ufeffselect 1;\r\n\r\n  select\r\n 2;', lexerRules[kind])).toEqual([
        { text: 'select 1', offset: 1, line: 1, column: 1, transaction: 'any' },
        { text: 'select\r\n 2', offset: 16, line: 3, column: 3, transaction: 'any' },
      ])
    })
    test(`${kind}: what is not closed is refused with its place`, () => {
      expect(failure("select 1;\n  select 'a;", kind)).toEqual({
        code: 'YAMA_SQL_UNTERMINATED',
        position: { file: '', line: 2, column: 10 },
      })
    })
  }
  test('a yama: directive before the terminator belongs to the statement, another comment does not', () => {
    const texts = splitStatements('drop table a /* yama:rebuilt */; drop table b /* gone */;', lexerRules.sqlite).map(({ text }) => text)
    expect(texts).toEqual(['drop table a /* yama:rebuilt */', 'drop table b'])
  })

  test('the place of a statement is that of its first token, or of the yama: directive before it', () => {
    expect(splitStatements('-- a\n/* b */ select 1;\n-- yama:writes t\nselect 2', lexerRules.postgres)).toMatchObject([
      { text: 'select 1', line: 2, column: 9 },
      { text: '-- yama:writes t\nselect 2', line: 3, column: 1 },
    ])
  })
  test('columns count UTF-16 units', () => {
    expect(splitStatements("select '😀'; select 2", lexerRules.sqlite)[1]).toMatchObject({ line: 1, column: 14, offset: 13 })
  })
})

describe('postgres', () => {
  test('dollar quotes, E strings, nested comments, quoted names', () => {
    const statements = [
      'DO $$ BEGIN; END; $$',
      'DO $a$ $$;$$ $a$',
      "select E'\\';', U&'\\0041;', U&\"a;b\", b'1;', x'1;', n';'",
      'select /* a /* ; */ ; */ 1',
      'select ";"";" from a$b$c',
      "select '\\'",
      'select $1, a.b$$ + 1',
    ]
    expect(texts(statements.join(';\n'), 'postgres')).toEqual(statements)
  })
  test('BEGIN ATOMIC bodies and rules with several actions', () => {
    const statements = [
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 ELSE 2 END; SELECT 2; END',
      'create or replace procedure p() begin atomic insert into t values (1); end',
      'CREATE RULE r AS ON INSERT TO t DO (INSERT INTO u VALUES (1); INSERT INTO v VALUES (2))',
      'BEGIN',
      'CREATE TABLE function (a int)',
      'END',
    ]
    expect(texts(statements.join(';\n'), 'postgres')).toEqual(statements)
  })
  test('psql commands and COPY FROM stdin are refused by name', () => {
    expect(failure('select 1;\n\\connect abc\nselect 2;', 'postgres')).toEqual({
      code: 'YAMA_SQL_PSQL_COMMAND',
      position: { file: '', line: 2, column: 1 },
    })
    expect(failure('COPY t (a, b) FROM stdin;\n1\t2\n\\.\n', 'postgres')).toMatchObject({ code: 'YAMA_SQL_COPY_STDIN' })
    expect(texts("COPY (select * from stdin) TO '/tmp/x'; COPY t FROM '/tmp/x'", 'postgres')).toHaveLength(2)
  })
  test('a dump may be restricted', () => {
    expect(texts('--\n\\restrict aB3\n\n-- by pg_dump\nselect 1;\r\n\\unrestrict aB3\r\n', 'postgres')).toEqual(['select 1'])
    for (const broken of ['select \\restrict aB3\n1', '\\restrict aB3 \\! ls\nselect 1', '\\restrict\nselect 1'])
      expect(failure(broken, 'postgres')).toMatchObject({ code: 'YAMA_SQL_PSQL_COMMAND' })
  })
  test('unclosed dollar quote, comment, name', () => {
    expect(failure('select $a$ b', 'postgres')).toMatchObject({ position: { line: 1, column: 8 } })
    expect(failure('/* a /* b */', 'postgres')).toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
    expect(failure('select "a', 'postgres')).toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
    expect(failure('CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;', 'postgres')).toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
  })
})

describe('sqlite', () => {
  test('triggers', () => {
    const statements = [
      'CREATE TRIGGER a AFTER UPDATE ON t BEGIN UPDATE t SET x = CASE WHEN 1 THEN 2 END; SELECT 1; END',
      'create temp trigger b before insert on t when new.a in (select 1) begin select case 1 when 1 then 2 end; end',
      'CREATE TABLE "trigger" (a)',
      'CREATE TRIGGER c AFTER DELETE ON t BEGIN\n  DELETE FROM u; -- end;\nEND',
      'select [a;b], `c;d`, "e;f"',
    ]
    expect(texts(statements.join(';\n'), 'sqlite')).toEqual(statements)
    expect(failure('CREATE TRIGGER a AFTER UPDATE ON t BEGIN SELECT 1;', 'sqlite')).toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
  })
  test('a block comment may stay open', () => {
    expect(texts('select 1; /* rest', 'sqlite')).toEqual(['select 1'])
  })
})

describe('mysql', () => {
  test('comments, strings, conditional comments', () => {
    const statements = ['select \'a\\\';\', "b;\\"", `c;`', "/*!40101 SET NAMES utf8; '*/' */", 'select 1--1', 'select $a']
    expect(texts(`# a;\n-- b;\n${statements.join(';\n')}`, 'mysql')).toEqual(statements)
  })
  test("Drizzle's mark between statements is a comment, other arrows are not", () => {
    expect(
      texts('CREATE TABLE a (b INT);\n--> statement-breakpoint\nDROP TABLE a;--> statement-breakpoint\nSELECT 2-->1', 'mysql'),
    ).toEqual(['CREATE TABLE a (b INT)', 'DROP TABLE a', 'SELECT 2-->1'])
  })
  test('routines without DELIMITER', () => {
    const statements = [
      'CREATE PROCEDURE p(a INT) BEGIN DECLARE x INT; IF a THEN BEGIN SET x = IF(a, 1, 2); END; ELSEIF b THEN SET x = 1; END IF; l: LOOP LEAVE l; END LOOP l; WHILE 1 DO SET x = REPEAT(1, 2); END WHILE; REPEAT SET x = 1; UNTIL x END REPEAT; CASE x WHEN 1 THEN IF a THEN SELECT 1; END IF; ELSE BEGIN END; END CASE; SELECT CASE WHEN 1 THEN IF(1, 2, 3) ELSE REPEAT(1, 2) END; END',
      "CREATE DEFINER=`root`@`%` FUNCTION f(s CHAR(20)) RETURNS SET('a') DETERMINISTIC RETURN CONCAT(REPEAT('x', 3), IF(1, 2, 3))",
      "CREATE FUNCTION f(a DECIMAL(5, 2), b VARCHAR(10) CHARACTER SET latin1, c SET('x')) RETURNS varchar(20) CHARACTER SET utf8mb4 COMMENT 'it''s' BEGIN DECLARE r INT; RETURN r; END",
      'CREATE PROCEDURE q(IN a ENUM(\'b\'), OUT c TEXT CHAR SET latin1) COMMENT ")" BEGIN SELECT 1; SELECT 2; END',
      'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.a < 0 THEN SET NEW.a = 0; END IF',
      'CREATE TRIGGER u AFTER UPDATE ON a FOR EACH ROW INSERT INTO b VALUES (1)',
      'CREATE EVENT e ON SCHEDULE EVERY 1 HOUR DO BEGIN DELETE FROM a; END',
      'BEGIN NOT ATOMIC SELECT 1; IF 1 THEN SELECT 2; END IF; END',
      'BEGIN',
      'CREATE TABLE IF NOT EXISTS x (`begin` INT)',
      'COMMIT',
    ]
    expect(texts(statements.join(';\n'), 'mariadb')).toEqual(statements)
  })
  test('DELIMITER', () => {
    expect(
      texts('DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nselect 2 $$\nDELIMITER ;\nselect 3; select 4', 'mysql'),
    ).toEqual(['CREATE PROCEDURE p() BEGIN SELECT 1; END', 'select 2', 'select 3', 'select 4'])
    expect(failure('DELIMITER\nselect 1', 'mysql')).toEqual({ code: 'YAMA_SQL_DELIMITER', position: { file: '', line: 1, column: 1 } })
  })
})

describe('the sql_mode that a directive states', () => {
  const after = 'SELECT "it\'s; \\" plain"'
  for (const [modes, statement] of [
    ['NO_BACKSLASH_ESCAPES', 'CREATE PROCEDURE p() BEGIN SELECT \'\\\'; SELECT "\\"; SELECT 1; END'],
    ['ANSI_QUOTES,PIPES_AS_CONCAT', 'CREATE PROCEDURE "a;\\"() BEGIN SELECT "x\\" FROM "t"; SELECT 1; END'],
    ['NO_BACKSLASH_ESCAPES', "/*! CREATE VIEW v AS SELECT '\\', '*/;' */"],
    ['ORACLE', 'CREATE PROCEDURE "p" AS n INT := 1; m INT; BEGIN <<l>> LOOP n := n + 1; EXIT l WHEN n > 3; END LOOP; m := n; END'],
    ['ORACLE', 'CREATE FUNCTION f(a INT) RETURN INT IS BEGIN IF a > 1 THEN RETURN 1; ELSIF a > 2 THEN RETURN 2; END IF; RETURN a; END'],
    ['ORACLE', 'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW DECLARE n INT; BEGIN n := 1; :NEW.b := n; END'],
    [
      'ORACLE',
      'CREATE OR REPLACE PACKAGE BODY k AS n INT; PROCEDURE p AS BEGIN SELECT 1; END; FUNCTION f RETURN INT AS m INT; BEGIN RETURN m; END; END',
    ],
  ] as const) {
    test(`${modes}: ${statement.slice(0, 40)}`, () => {
      const text = `-- yama:sql-mode ${modes}\n${statement}`
      expect(texts(`${after};\n${text};\n${after}`, 'mariadb')).toEqual([after, text, after])
    })
  }
  test('says nothing elsewhere', () => {
    expect(texts(`-- yama:sql-mode NO_BACKSLASH_ESCAPES\nSELECT 'a'; SELECT 'b'`, 'sqlite')).toHaveLength(2)
    expect(failure("/* yama:sql-mode ONLY_FULL_GROUP_BY */ SELECT '\\'", 'mysql')).toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
  })
})
