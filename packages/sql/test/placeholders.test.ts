import { type DatabaseKind, type Diagnostic, type SqlStep, YamaError } from '@yama/core'
import { fillPlaceholders, parseSqlMigration, type PlaceholderOptions } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { fileDialect } from './file-dialect.ts'

const kinds: readonly DatabaseKind[] = ['postgres', 'mysql', 'mariadb', 'sqlite']
const options: PlaceholderOptions = { values: { table: 'people', min: 18, on: true, password: { secret: async () => "s3cr'et" } } }
const read = (sql: string, kind: DatabaseKind, given: PlaceholderOptions | undefined = options): readonly SqlStep[] =>
  fillPlaceholders([parseSqlMigration(sql, 'migrations/1_x.sql', fileDialect(kind))], kind, given)[0]!.up as readonly SqlStep[]
const text = (sql: string, kind: DatabaseKind, given?: PlaceholderOptions): string => read(sql, kind, given)[0]!.text

describe.each(kinds)('placeholders on %s', (kind) => {
  test('nothing is replaced where none are declared', () => {
    const migration = parseSqlMigration('SELECT ${table}', 'migrations/1_x.sql', fileDialect(kind))
    expect(fillPlaceholders([migration], kind, undefined)[0]).toBe(migration)
  })

  test.each([
    ['SELECT ${min} FROM ${table}', 'SELECT 18 FROM people'],
    ['SELECT \'in ${table}\', "${table}"', 'SELECT \'in people\', "people"'],
    ["SELECT '\\${table}', '$${table}', '$${unknown}'", "SELECT '${table}', '${table}', '${unknown}'"],
    ['SELECT 1 /* ${unknown} -- */, -- ${unknown}\n${min}', 'SELECT 1 /* ${unknown} -- */, -- ${unknown}\n18'],
    ["SELECT '-- ${table}', '/* ${table} */'", "SELECT '-- people', '/* people */'"],
    ["SELECT 'it''s ${on}', ${min}", "SELECT 'it''s true', 18"],
    ["SELECT '$5', '{}', '${}', '$ {table}'", "SELECT '$5', '{}', '${}', '$ {table}'"],
  ])('%s', (sql, expected) => {
    expect(text(sql, kind)).toBe(expected)
  })

  test('hashes and stored text stay those of the file', () => {
    const [migration] = [
      parseSqlMigration('-- +migrate Up\nSELECT ${min};\n-- +migrate Down\nSELECT ${on};', 'migrations/1_x.sql', fileDialect(kind)),
    ]
    const [filled] = fillPlaceholders([migration], kind, options)
    expect([filled?.semanticHash, filled?.rawHash, filled?.body, filled?.downBody]).toEqual([
      migration.semanticHash,
      migration.rawHash,
      migration.body,
      migration.downBody,
    ])
    expect(filled?.down?.[0]).toMatchObject({ text: 'SELECT true' })
  })

  test('a secret is only in what is sent, and taken out of what the server says', async () => {
    const [step] = read("SELECT '${password}' FROM ${table}", kind)
    expect(step?.text).toBe("SELECT '${password}' FROM people")
    expect(JSON.stringify(step)).not.toContain('s3cr')
    expect(await step?.secret?.text()).toBe("SELECT 's3cr''et' FROM people")
    expect(step?.secret?.hide('syntax error at or near "et\' near s3cr\'et"')).not.toContain("s3cr'et")
  })

  test('a secret ends no text and no name that it stands in, and no piece of it is told', async () => {
    const secret = `it's\\a "long" \`horse\``
    const values = { password: { secret: async () => secret } }
    const [step] = read('SELECT \'${password}\', "${password}", ${password}', kind, { values })
    const doubled = kind === 'mysql' || kind === 'mariadb' ? secret.replaceAll('\\', '\\\\') : secret
    expect(await step?.secret?.text()).toBe(`SELECT '${doubled.replaceAll("'", "''")}', "${doubled.replaceAll('"', '""')}", ${secret}`)
    const told = [secret.slice(9), secret.replaceAll('"', '""'), `${secret.slice(4, 15)}...`].map((piece) =>
      step?.secret?.hide(`near "${piece}" at line 1`),
    )
    expect(told.join()).not.toMatch(/long|hors|it's/)
    expect(told).toEqual(Array(3).fill(expect.stringMatching(/^near ".*" at line 1$/)))
  })

  test('each that nobody declared is refused at its place', () => {
    try {
      read('SELECT 1;\nSELECT ${tabel},\n  ${nobody};', kind)
      expect.unreachable()
    } catch (error) {
      if (!YamaError.is(error)) throw error
      const found = error.data as readonly Diagnostic[]
      expect(found.map(({ code, position }) => [code, position?.file, position?.line, position?.column])).toEqual([
        ['YAMA_PLACEHOLDER_UNKNOWN', 'migrations/1_x.sql', 2, 8],
        ['YAMA_PLACEHOLDER_UNKNOWN', 'migrations/1_x.sql', 3, 3],
      ])
      expect(found[0]?.message).toContain('Did you mean ${table}?')
      expect(found[1]?.message).toContain('${nobody}')
    }
  })
})

test('the bodies between dollar quotes are filled only where that is asked for', () => {
  const body = "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $x$ SELECT '${table}' $x$ COST ${min}"
  expect(text(body, 'postgres')).toBe("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $x$ SELECT '${table}' $x$ COST 18")
  expect(text(body, 'postgres', { ...options, inBodies: true })).toContain("SELECT 'people'")
  expect(text("SELECT E'it\\'s ${min}', $$${unknown}$$", 'postgres', { ...options })).toBe("SELECT E'it\\'s 18', $$${unknown}$$")
  expect(text('SELECT 1 /* a /* ${b} */ ${c} */ + ${min}', 'postgres')).toBe('SELECT 1 /* a /* ${b} */ ${c} */ + 18')
})

test.each(['mysql', 'mariadb'] as const)('%s: comments that run, # comments and backslashes', (kind) => {
  expect(text('SELECT 1 /*!50000 + ${min} */ # ${no}\n + ${min}', kind)).toBe('SELECT 1 /*!50000 + 18 */ # ${no}\n + 18')
  expect(text("SELECT 'it\\'s ${min}', 1--${min}", kind)).toBe("SELECT 'it\\'s 18', 1--18")
})
