import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pull } from '@yama/authoring'
import { yamlEntities } from '@yama/source-yaml'
import { sqlite } from '@yama/sqlite'
import { describe, expect, it } from 'vitest'

describe('pulling a lookup enum', () => {
  const enumeration = `enums:
  Role:
    # who may do what
    values: [user, admin]
    strategy: lookup
entities:
  Person:
    table: people
    fields: { id: bigint! primary identity, role: Role? }
`
  const tables =
    'CREATE TABLE role (code VARCHAR PRIMARY KEY NOT NULL); CREATE TABLE people (id INTEGER PRIMARY KEY, role VARCHAR, FOREIGN KEY (role) REFERENCES role (code))'
  it.each([
    ['nothing where the rows are its values', "('admin'), ('user')", enumeration],
    [
      'its values from the rows, those that stay in their order',
      "('user'), ('null'), ('guest'), ('admin')",
      enumeration.replace('[user, admin]', '[ user, admin, guest, "null" ]'),
    ],
    ['no value that has no row', "('admin')", enumeration.replace('[user, admin]', '[ admin ]')],
  ])('writes %s', async (_, rows, expected) => {
    const root = mkdtempSync(join(tmpdir(), 'yama-lookup-'))
    try {
      mkdirSync(join(root, 'schema'))
      writeFileSync(join(root, 'schema', 'all.yaml'), enumeration)
      const dialect = sqlite({ file: ':memory:' })
      await using connection = await dialect.connect()
      for (const statement of [...tables.split(';').filter((one) => one.trim() !== ''), `INSERT INTO role VALUES ${rows}`])
        await connection.execute(statement)
      const { files, facts } = await pull(
        connection,
        dialect,
        { schemas: [], include: [], exclude: [] },
        yamlEntities({ directory: join(root, 'schema'), root }),
      )
      expect(readFileSync(join(root, 'schema', 'all.yaml'), 'utf8')).toBe(expected)
      expect(files).toEqual(expected === enumeration ? [] : ['schema/all.yaml'])
      expect([...facts.facts.values()].map(({ kind }) => kind)).not.toContain('rows')
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
