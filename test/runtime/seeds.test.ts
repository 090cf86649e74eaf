import { createYama, type Migration, type Yama } from '@yama/core'
import { seedMigration } from '@yama/core/files'
import { readSeed } from '@yama/source-yaml'
import { describe, expect, test } from 'vitest'
import { upsertStatements } from '../../packages/cli/src/program/upsert-statements.ts'
import { fileProject } from './file-project.ts'
import { everyDatabase, type OwnDatabase } from './every-database.ts'

const people = (age: number): string => `
table: people
key: [id]
rows:
  - { id: 1, name: "it's Ada\\\\ \\"x\\"", age: ${age}, active: true, extra: { tags: [a, b] } }
  - { id: 2, name: null, age: { sql: 40 + 2 }, active: false, extra: null }
  - { id: 3, name: only }
---
table: codes
key: [code]
rows:
  - { code: free }
`

describe.each(await everyDatabase())('seeds on $name', ({ kind, open }) => {
  const seedsOf = ({ dialect }: OwnDatabase, text: string): readonly Migration[] => [
    seedMigration({ file: 'seed/people.yaml', text, place: 1, steps: upsertStatements(readSeed(text, 'seed/people.yaml'), kind) }, dialect),
    seedMigration(
      { file: 'seed/log.sql', place: 2, text: "INSERT INTO codes SELECT 'log' WHERE NOT EXISTS (SELECT 1 FROM codes WHERE code = 'log');" },
      dialect,
    ),
  ]
  const yamaOf = (database: OwnDatabase, text: string): Yama =>
    createYama({ dialect: database.dialect, sources: [{ name: 'seeds', load: async () => seedsOf(database, text) }] })

  test('rows of YAML are inserted or brought up to date; what did not change does not run, unless it shall', async () => {
    using made = fileProject()
    await using database = await open(made.directory)
    const id = kind === 'postgres' ? 'INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY' : 'INTEGER PRIMARY KEY'
    await database.query(
      `CREATE TABLE people (id ${id}, name VARCHAR(60), age INTEGER DEFAULT 7, active BOOLEAN, extra ${kind === 'postgres' ? 'JSONB' : 'TEXT'})`,
    )
    await database.query('CREATE TABLE codes (code VARCHAR(20) PRIMARY KEY)')
    const seeded = async (text: string, again = false): Promise<readonly string[]> => {
      await using yama = yamaOf(database, text)
      return (await yama.apply(await yama.plan({ up: 'latest', ...(again ? { again: true as const } : {}) }))).applied
    }
    const read = async (): Promise<unknown> =>
      (await database.query('SELECT id, name, age, active, extra FROM people ORDER BY id')).map((row) => [
        Number(row['id']),
        row['name'],
        Number(row['age']),
        row['active'] === null ? null : Boolean(Number(row['active'])),
        typeof row['extra'] === 'string' ? (JSON.parse(row['extra']) as unknown) : row['extra'],
      ])
    expect(await seeded(people(36))).toEqual(['seed:seed/people.yaml', 'seed:seed/log.sql'])
    const rows = [
      [1, 'it\'s Ada\\ "x"', 36, true, { tags: ['a', 'b'] }],
      [2, null, 42, false, null],
      [3, 'only', 7, null, null],
    ]
    expect(await read()).toEqual(rows)
    expect(await seeded(people(36))).toEqual([])
    expect(await seeded(`# only a comment\n${people(36)}`)).toEqual([])
    await database.query("UPDATE people SET name = 'changed by hand' WHERE id = 1")
    expect(await seeded(people(37))).toEqual(['seed:seed/people.yaml'])
    expect(await read()).toEqual([[1, 'it\'s Ada\\ "x"', 37, true, { tags: ['a', 'b'] }], ...rows.slice(1)])
    expect(await seeded(people(37), true)).toEqual(['seed:seed/people.yaml', 'seed:seed/log.sql'])
    expect(await read()).toHaveLength(3)
    expect((await database.query('SELECT code FROM codes ORDER BY code')).map(({ code }) => code)).toEqual(['free', 'log'])
  })
})
