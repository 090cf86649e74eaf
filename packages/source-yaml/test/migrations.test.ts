import { describe, expect, it } from 'vitest'
import { YamaError } from '@yama/core'
import type { FileDialect } from '@yama/core/files'
import { yamlMigrationReader } from '../src/index.ts'

const dialect: FileDialect = {
  kind: 'postgres',
  semanticTokens: (sql) => sql,
  splitStatements: (sql) => {
    let offset = 0
    return sql.split(';').flatMap((part) => {
      const start = offset + (/^\s*/.exec(part)?.[0].length ?? 0)
      offset += part.length + 1
      const text = part.trim()
      const line = sql.slice(0, start).split('\n').length
      return text === ''
        ? []
        : [{ text, offset: start, line, column: 1, transaction: text.includes('CONCURRENTLY') ? ('none' as const) : ('any' as const) }]
    })
  },
}
const read = async (text: string) =>
  yamlMigrationReader.read({ file: 'migrations/1_x.yaml', path: '/p/migrations/1_x.yaml', name: '1_x', text, dialect })

describe('a YAML migration', () => {
  it('has its header on top and steps in order', async () => {
    const draft = await read(`id: m_1
parents: [m_0@5e1f90c2aa01bd37]
description: Split names
ticket: IDN-12
phase: expand
transaction: none
requires: [flag:names]
lockTimeout: 3s
up:
  - renameColumn: { table: users, from: name, to: full_name }
  - sql: |
      UPDATE users SET a = 1;
      CREATE INDEX CONCURRENTLY x ON users (a);
  - sql: { up: "select 1", down: "select 2" }
down:
  - sql: select 3
`)
    expect(draft).toMatchObject({
      kind: 'yaml',
      id: 'm_1',
      parents: [{ id: 'm_0', link: '5e1f90c2aa01bd37' }],
      phase: 'expand',
      transaction: { up: 'none', down: 'none' },
      requires: ['flag:names'],
      metadata: { description: 'Split names', ticket: 'IDN-12', other: { lockTimeout: '3s' } },
      up: [
        {
          kind: 'operation',
          name: 'renameColumn',
          input: { table: 'users', from: 'name', to: 'full_name' },
          position: { file: 'migrations/1_x.yaml', line: 10, column: 5 },
        },
        { kind: 'sql', text: 'UPDATE users SET a = 1', transaction: 'any', position: { line: 12 } },
        { kind: 'sql', text: 'CREATE INDEX CONCURRENTLY x ON users (a)', transaction: 'none', position: { line: 13 } },
        { kind: 'operation', name: 'sql' },
      ],
      down: [{ kind: 'sql', text: 'select 3' }],
    })
  })
  it('means the same whatever the order of keys', async () => {
    const one = await read('up:\n  - addColumn: { table: a, column: b, type: text }\n')
    const two = await read('# A note.\nup:\n  - addColumn:\n      type: text\n      column: b\n      table: a\n')
    expect(one.meaning).toEqual(two.meaning)
  })
  it.each([
    ['empty', ''],
    ['without up', 'id: m_1\n'],
    ['with an unknown key', 'parent: [m_0]\nup: []\n'],
    ['with an unknown phase', 'phase: expnd\nup: []\n'],
    ['with a mistyped operation', 'up:\n  - renameColum: { table: a }\n'],
    ['with two operations in one step', 'up:\n  - renameColumn: { table: a }\n    to: b\n'],
    ['with a step that is a word', 'up:\n  - select 1\n'],
    ['with steps that are no list', 'up: { sql: select 1 }\n'],
    ['with invalid YAML', 'up:\n  - sql: "x\n'],
    ['with two documents', 'up: []\n---\nup: []\n'],
  ])('%s is refused with its place', async (_, text) => {
    const error = await read(text).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(YamaError.is(error)).toBe(true)
    if (YamaError.is(error))
      expect(`${error.code} ${error.position?.line}:${error.position?.column} ${error.message} ${error.hint}`).toMatchSnapshot()
  })
})
