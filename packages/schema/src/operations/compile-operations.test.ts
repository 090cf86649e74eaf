import { describe, expect, it } from 'vitest'
import { compileOperations, difference, factBase, operations, type OperationStep } from '@yama/schema'
import { column, constraint, enumeration, foreign, index, table, view } from '../../test/toy/facts.ts'
import { ToyDatabase } from '../../test/toy/toy-database.ts'
import { toyDialect } from '../../test/toy/toy-dialect.ts'

const base = factBase('toy1:s1', [
  table('users'),
  column('users', 'id', { notNull: true }),
  column('users', 'mail', { type: 'text' }),
  constraint('users', 'users_pkey', 'primary', ['id']),
  index('users', 'users_mail_idx', ['mail']),
  table('posts'),
  column('posts', 'author'),
  foreign('posts', 'posts_fkey', ['author'], 'users', ['id']),
  enumeration('e_role', ['a', 'b']),
  view('mails', 'select mail from users', ['column:users.mail']),
])
const step = (name: string, input: unknown): OperationStep => ({
  kind: 'operation',
  name,
  input,
  position: { file: 'm.yaml', line: 3, column: 5 },
})
const compile = (...steps: OperationStep[]): ReturnType<typeof compileOperations> => compileOperations(steps, base, toyDialect())

const cases: readonly (readonly [string, unknown, string])[] = [
  ['renameTable', { from: 'users', to: 'people' }, 'index:people.users_mail_idx'],
  ['renameColumn', { table: 'users', from: 'mail', to: 'email' }, 'column:users.email'],
  ['addColumn', { table: 'users', column: 'name', type: 'string(120)', notNull: true, default: 'x' }, 'column:users.name'],
  ['alterColumn', { table: 'users', column: 'id', type: 'bigint' }, 'column:users.id'],
  ['addIndex', { table: 'posts', columns: ['author desc', '(lower(x))'], name: 'p' }, 'index:posts.p'],
  ['addPrimaryKey', { table: 'posts', columns: 'author' }, 'constraint:posts.posts_author_pkey'],
  ['addUnique', { table: 'users', columns: 'mail' }, 'constraint:users.users_mail_key'],
  ['addCheck', { table: 'users', expression: 'id > 0', name: 'positive' }, 'constraint:users.positive'],
  [
    'addForeignKey',
    { table: 'posts', columns: 'author', references: { table: 'users' }, onDelete: 'setNull' },
    'constraint:posts.posts_author_fkey',
  ],
  ['createEnum', { name: 'e_kind', values: ['p', 'q'] }, 'enum:e_kind'],
  ['addEnumValue', { enum: 'e_role', value: 'c', before: 'b' }, 'enum:e_role'],
]

describe('each operation', () => {
  it.each(cases)('%s runs, and its way back restores the start', (name, input, id) => {
    const compiled = compile(step(name, input))
    expect(compiled.after.facts.has(id)).toBe(true)
    const database = new ToyDatabase(base)
    for (const { text } of compiled.up) database.execute(text)
    expect(difference(database.facts(), compiled.after)).toEqual([])
    for (const { text } of compiled.down ?? []) database.execute(text)
    expect(difference(database.facts(), base)).toEqual([])
  })

  it('drops what belongs to the dropped and refuses where something else needs it', () => {
    expect(compile(step('dropTable', { table: 'posts' })).losses).toEqual([
      { fact: 'table:posts', loss: 'certain', what: 'drop table:posts' },
    ])
    expect(compile(step('dropIndex', { table: 'users', name: 'users_mail_idx' })).after.facts.has('index:users.users_mail_idx')).toBe(false)
    expect(compile(step('dropConstraint', { table: 'posts', name: 'posts_fkey' })).after.facts.has('constraint:posts.posts_fkey')).toBe(
      false,
    )
    expect(compile(step('dropEnum', { enum: 'e_role' })).after.facts.has('enum:e_role')).toBe(false)
    expect(compile(step('dropColumn', { table: 'posts', column: 'author' })).after.facts.has('constraint:posts.posts_fkey')).toBe(false)
    expect(() => compile(step('dropTable', { table: 'users' }))).toThrow(expect.objectContaining({ code: 'YAMA_OPERATION_INVALID' }))
    expect(() => compile(step('dropColumn', { table: 'users', column: 'mail' }))).toThrow(/view mails needs column users.mail/)
  })

  it('is registered under its own name', () => {
    for (const [name, operation] of Object.entries(operations)) expect(operation.name).toBe(name)
  })
})

describe('several operations', () => {
  it('are planned as one change up to a rename or SQL, each statement at its own place', () => {
    const compiled = compile(
      step('addColumn', { table: 'posts', column: 'title', type: 'text' }),
      step('addIndex', { table: 'posts', columns: 'title' }),
      step('sql', { up: '{"put":[]}', down: '{"put":[]}' }),
      step('dropColumn', { table: 'posts', column: 'title' }),
      step('addColumn', { table: 'posts', column: 'title', type: 'int' }),
    )
    expect(compiled.up.map((one) => Object.keys(JSON.parse(one.text) as object)[0])).toEqual([
      'put',
      'put',
      'put',
      'remove',
      'remove',
      'put',
    ])
    expect(compiled.up[0]?.position).toEqual({ file: 'm.yaml', line: 3, column: 5 })
    expect(compiled.down).toHaveLength(6)
  })

  it('have no way back behind a statement that has none', () => {
    const compiled = compile(step('sql', 'vacuum'))
    expect(compiled.down).toBeUndefined()
    expect(compiled.reversibility).toBe('irreversible')
  })
})

describe('a mistake', () => {
  it.each([
    ['adColumn', {}, 'YAMA_OPERATION_UNKNOWN', /addColumn/],
    ['addColumn', 'users', 'YAMA_OPERATION_INVALID', /must be an object/],
    ['addColumn', { table: 'users', colum: 'x' }, 'YAMA_OPERATION_INVALID', /Did you mean `column`/],
    ['addColumn', { table: 'users', column: 'x' }, 'YAMA_OPERATION_INVALID', /`type` is missing/],
    ['addColumn', { table: 'usres', column: 'x', type: 'int' }, 'YAMA_OPERATION_NOT_FOUND', /Did you mean users/],
    ['addColumn', { table: 'users', column: 'mail', type: 'int' }, 'YAMA_OPERATION_EXISTS', /column users.mail/],
    ['addColumn', { table: 'users', column: 'x', type: 'int', notNull: 'yes' }, 'YAMA_OPERATION_INVALID', /true or false/],
    ['alterColumn', { table: 'users', column: 'mail' }, 'YAMA_OPERATION_INVALID', /changes nothing/],
    ['renameColumn', { table: 'users', from: 'mail', to: 'id' }, 'YAMA_OPERATION_EXISTS', /column users.id/],
    [
      'addForeignKey',
      { table: 'posts', columns: 'author', references: { table: 'users', column: 'id' } },
      'YAMA_OPERATION_INVALID',
      /Did you mean `columns`/,
    ],
    [
      'addForeignKey',
      { table: 'posts', columns: 'author', references: { table: 'users' }, onDelete: 'explode' },
      'YAMA_OPERATION_INVALID',
      /onDelete/,
    ],
    ['addEnumValue', { enum: 'e_role', value: 'c', after: 'bb' }, 'YAMA_OPERATION_NOT_FOUND', /Did you mean b/],
  ])('%s %o is refused with %s', (name, input, code, message) => {
    try {
      compile(step(name, input))
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code, position: { line: 3 } })
      expect((error as Error).message).toMatch(message)
    }
  })
})
