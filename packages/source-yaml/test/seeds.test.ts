import { YamaError } from '@yama/core'
import { readSeed } from '@yama/source-yaml'
import { expect, test } from 'vitest'

test('one document is one table, with its key, its rows and their places', () => {
  const [first, second] = readSeed(
    'table: a.b\nrows:\n  - { id: 1, at: { sql: now() }, list: [1] }\n---\ntable: c\nkey: code\nrows: [{ code: x }]\n',
    's.yaml',
  )
  expect(first).toMatchObject({ table: 'a.b', key: ['id'], rows: [{ position: { file: 's.yaml', line: 3, column: 5 } }] })
  expect([...(first?.rows[0]?.values ?? [])]).toEqual([
    ['id', 1],
    ['at', { sql: 'now()' }],
    ['list', { json: '[1]' }],
  ])
  expect(second).toMatchObject({ table: 'c', key: ['code'] })
})

test.each([
  ['', 1, 'empty'],
  ['rows: [{ id: 1 }]\n', 1, 'names no table'],
  ['table: a\nkeys: [id]\nrows: [{ id: 1 }]\n', 2, '`keys`'],
  ['table: a\nkey: 5\nrows: [{ id: 1 }]\n', 2, '`key`'],
  ['table: a\nrows: none\n', 2, '`rows`'],
  ['table: a\nrows:\n  - 5\n', 3, 'row 1'],
  ['table: a\nrows:\n  - { id: 1 }\n  - { name: x }\n', 4, 'row 2 has no `id`'],
  ['table: a\nrows:\n  - { id: 1\n', 4, ''],
])('%j is refused at line %i', (text, line, part) => {
  try {
    readSeed(text, 's.yaml')
    expect.unreachable()
  } catch (error) {
    if (!YamaError.is(error)) throw error
    expect(error).toMatchObject({ code: 'YAMA_SEED_YAML', position: { file: 's.yaml', line } })
    expect(error.message).toContain(part)
  }
})
