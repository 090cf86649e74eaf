import { expect, test } from 'vitest'
import { loadText } from './load-text.ts'

const text = (mode: string): string => `entities:
  Item:
    table: item
    fields: { id: bigint! primary }
functions:
  f:
    sqlMode: [${mode}]
    collation: utf8mb4_bin
    sql: CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1
triggers:
  t:
    on: Item
    sqlMode: []
    sql: CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET NEW.id = 1
`

test('MySQL and MariaDB keep the settings that a routine or trigger is made under', async () => {
  for (const kind of ['mysql', 'mariadb'] as const) {
    const { facts, diagnostics } = await loadText(text('PIPES_AS_CONCAT, ANSI_QUOTES'), kind)
    expect(diagnostics).toEqual([])
    expect(facts.find(({ id }) => id === 'function:f')?.payload).toMatchObject({
      sqlMode: ['PIPES_AS_CONCAT', 'ANSI_QUOTES'],
      collation: 'utf8mb4_bin',
    })
    expect(facts.find(({ kind: of }) => of === 'trigger')?.payload).toMatchObject({ sqlMode: [] })
  }
})

test('a mode that the server does not know is refused at its place', async () => {
  await expect(loadText(text('ANSI_QUOTES, ORACLE'), 'mysql')).rejects.toMatchObject({
    data: [{ code: 'YAMA_ENTITY_VALUE', position: { line: 7, column: 28 } }],
  })
  expect((await loadText(text('ORACLE'), 'mariadb')).diagnostics).toEqual([])
})

test('the other databases say that they keep none', async () => {
  const { diagnostics, facts } = await loadText(text('ANSI_QUOTES'), 'postgres')
  expect(diagnostics.map(({ code, position }) => [code, position?.line])).toEqual([
    ['YAMA_ENTITY_NOT_CARRIED', 7],
    ['YAMA_ENTITY_NOT_CARRIED', 8],
    ['YAMA_ENTITY_NOT_CARRIED', 13],
  ])
  expect(facts.find(({ kind }) => kind === 'function')?.payload).not.toHaveProperty('sqlMode')
})

test('an aggregate of MariaDB is a function, as the server lists it', async () => {
  const aggregate = text('ANSI_QUOTES').replace('CREATE FUNCTION', 'CREATE AGGREGATE FUNCTION')
  for (const [kind, type] of [
    ['mariadb', 'function'],
    ['postgres', 'aggregate'],
  ] as const)
    expect((await loadText(aggregate, kind)).facts.find(({ id }) => id.startsWith('function:'))?.payload).toMatchObject({ type })
})
