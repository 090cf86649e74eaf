import { describe, expect, it } from 'vitest'
import { factBase, NOT_SUPPORTED, planChange, requirePlan, type AnyFact, type ChangePlan, type SchemaDialect } from '@yama/schema'
import { column, constraint, enumeration, foreign, index, table, view } from '../../test/toy/facts.ts'
import { toyDialect } from '../../test/toy/toy-dialect.ts'

const plan = (before: readonly AnyFact[], after: readonly AnyFact[], dialect: SchemaDialect = toyDialect()): ChangePlan =>
  planChange({ before: factBase('toy1:s1', before), after: factBase('toy1:s1', after), dialect, renames: [] })
const titles = (before: readonly AnyFact[], after: readonly AnyFact[], dialect?: SchemaDialect): readonly string[] =>
  requirePlan(plan(before, after, dialect)).actions.map((action) => action.title)

const users = [table('users'), column('users', 'id'), constraint('users', 'users_pkey', 'primary', ['id'])]

describe('a plan', () => {
  it('makes a table with what it inlines, and adds foreign keys and indexes later', () => {
    const posts = [
      table('posts'),
      column('posts', 'author'),
      foreign('posts', 'posts_fkey', ['author'], 'users', ['id']),
      index('posts', 'posts_idx', ['author']),
    ]
    expect(titles([], [...posts, ...users])).toEqual([
      'add table:posts',
      'add table:users',
      'add index:posts.posts_idx',
      'add constraint:posts.posts_fkey',
    ])
  })

  it('drops a table with one action that answers for all of it', () => {
    const dropped = requirePlan(plan(users, []))
    expect(dropped.actions.map((action) => action.destroys)).toEqual([['table:users', 'column:users.id', 'constraint:users.users_pkey']])
    expect(dropped).toMatchObject({ reversibility: 'lossy', losses: [{ fact: 'table:users', loss: 'certain' }] })
  })

  it('drops foreign keys first where dropped tables refer to each other, unless they are inline', () => {
    const circle = ['a', 'b'].flatMap((name) => [
      table(name),
      column(name, 'x'),
      foreign(name, `${name}_fk`, ['x'], name === 'a' ? 'b' : 'a', ['x']),
    ])
    expect(titles(circle, [])).toEqual(['drop constraint:a.a_fk', 'drop constraint:b.b_fk', 'drop table:a', 'drop table:b'])
    expect(titles(circle, [], { ...toyDialect(), foreignKeysInline: true })).toEqual(['drop table:a', 'drop table:b'])
  })

  it('makes dependents of a changed column anew, and what depends on them', () => {
    const views = [view('v', 'select id from users', ['column:users.id']), view('w', 'select * from v', ['view:v'])]
    const changed = users.map((fact) => (fact.kind === 'column' ? column('users', 'id', { type: 'bigint' }) : fact))
    expect(titles([...users, ...views], [...changed, ...views])).toEqual([
      'drop view:w',
      'drop view:v',
      'alter column:users.id',
      'add view:v',
      'add view:w',
    ])
    const { actions } = plan([...users, ...views], [...changed, ...views])
    expect(actions.map((action) => action.because.change)).toEqual(['replace', 'replace', 'alter', 'replace', 'replace'])
  })

  it('makes foreign keys anew with the key they point to', () => {
    const key = (deferrable: boolean): AnyFact[] => [
      table('a'),
      column('a', 'x'),
      constraint('a', 'a_key', 'unique', ['x'], deferrable ? { deferrable: 'deferred' } : {}),
      table('b'),
      column('b', 'x'),
      foreign('b', 'b_fk', ['x'], 'a', ['x']),
    ]
    expect(titles(key(false), key(true))).toEqual([
      'drop constraint:b.b_fk',
      'drop constraint:a.a_key',
      'add constraint:a.a_key',
      'add constraint:b.b_fk',
    ])
  })

  it('never replaces a table or a plain column because of something else', () => {
    const dialect: SchemaDialect = { ...toyDialect(), replaces: () => ({ self: true, dependents: [] }) }
    const before = [table('t'), column('t', 'e', { type: 'kind' }), enumeration('kind', ['a'])]
    const { refusals, actions } = plan(before, [...before.slice(0, 2), enumeration('kind', ['b'])], dialect)
    expect(refusals.map((error) => error.code)).toEqual(['YAMA_SCHEMA_REPLACE_REFUSED'])
    expect(actions).toEqual([])
  })

  it('names what the dialect has no rule for, with its place', () => {
    const origin = { file: 'kinds.yaml', line: 4, column: 3 }
    const dialect: SchemaDialect = { ...toyDialect(), rules: { ...toyDialect().rules, enum: NOT_SUPPORTED } }
    const refused = plan([], [enumeration('kind', ['a'], { origin })], dialect)
    expect(refused.refusals).toMatchObject([{ code: 'YAMA_SCHEMA_UNSUPPORTED', position: origin }])
    expect(() => requirePlan(refused)).toThrow(/cannot add enum kind on sqlite/)
  })

  it('is refused where a rule makes nothing, or asks for a strategy that is not there', () => {
    const silent: SchemaDialect = { ...toyDialect(), rules: { ...toyDialect().rules, index: () => [] } }
    expect(plan(users, [...users, index('users', 'i', ['id'])], silent).refusals.map((error) => error.code)).toEqual([
      'YAMA_SCHEMA_RULE_INCOMPLETE',
    ])
    const [made] = plan(users, [...users, index('users', 'i', ['id'])]).actions
    const asking: SchemaDialect = {
      ...toyDialect(),
      rules: {
        ...toyDialect().rules,
        index: () => (made === undefined ? [] : [{ ...made, needs: { strategy: 'magic', subject: 'table:users' } }]),
      },
    }
    expect(plan(users, [...users, index('users', 'i', ['id'])], asking).refusals.map((error) => error.code)).toEqual([
      'YAMA_SCHEMA_STRATEGY_MISSING',
    ])
  })

  it('carries the entity’s place to the statement', () => {
    const origin = { file: 'users.yaml', line: 7, column: 5 }
    expect(plan(users, [...users, column('users', 'mail', {}, { origin })]).actions[0]?.because).toEqual({
      fact: 'column:users.mail',
      change: 'add',
      origin,
    })
  })
})

describe('a summary', () => {
  it.each<readonly [string, readonly AnyFact[], readonly AnyFact[]]>([
    ['', users, users],
    ['create_users', [], users],
    ['drop_users', users, []],
    ['add_email_to_users', users, [...users, column('users', 'email'), index('users', 'i', ['email'])]],
    ['drop_email_from_users', [...users, column('users', 'email')], users],
    ['alter_id_of_users', users, users.map((fact) => (fact.kind === 'column' ? column('users', 'id', { type: 'bigint' }) : fact))],
    ['alter_users', users, [...users, column('users', 'a'), column('users', 'b')]],
    ['add_i_to_users', users, [...users, index('users', 'i', ['id'])]],
    ['create_a_and_create_b', [], [table('a'), table('b')]],
    ['create_a_and_2_more', [], [table('a'), table('b'), table('c')]],
    ['create_enum_user_role', [], [enumeration('user-role', ['a'])]],
  ])('reads %s', (expected, before, after) => {
    expect(plan(before, after).summary).toBe(expected)
  })
})
