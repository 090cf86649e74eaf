import { describe, expect, it } from 'vitest'
import { checkFacts, childrenOf, dependenciesOf, dependentsOf, describeFact, factBase, memberId, objectId, parseFactId } from '@yama/schema'
import { column, constraint, enumeration, foreign, index, table, view } from '../../test/toy/facts.ts'

describe('ids', () => {
  it.each([
    ['table', '', 'users'],
    ['table', 'public', 'users'],
    ['table', 'my.schema', 'a"b:c'],
    ['enum', 'x', 'Role'],
  ] as const)('%s %s %s can be read back', (kind, schema, name) => {
    expect(parseFactId(objectId(kind, schema, name))).toEqual({ kind, schema, name })
    expect(parseFactId(memberId('column', schema, name, 'c.d'))).toEqual({ kind: 'column', schema, table: name, name: 'c.d' })
  })

  it('are said in words', () => {
    expect(describeFact('column:blog.posts.title')).toBe('column blog.posts.title')
  })
})

describe('a fact base', () => {
  it('refuses an id twice, with both places, and a fact without its parent', () => {
    const origin = { file: 'a.yaml', line: 2, column: 1 }
    expect(() => factBase('t', [table('a', { origin }), table('a')])).toThrow(
      expect.objectContaining({ code: 'YAMA_SCHEMA_DUPLICATE_FACT', data: { places: [origin, undefined] } }),
    )
    expect(() => factBase('t', [column('a', 'x')])).toThrow(expect.objectContaining({ code: 'YAMA_SCHEMA_PARENT_MISSING' }))
  })

  it('knows children in order of position', () => {
    const base = factBase('t', [table('a'), column('a', 'x', {}, { position: 2 }), column('a', 'y', {}, { position: 1 }), column('a', 'z')])
    expect(childrenOf(base, 'table:a').map((fact) => fact.name)).toEqual(['y', 'x', 'z'])
    expect(childrenOf(base, 'table:b')).toEqual([])
  })

  it('knows what depends on what: as stated, and as the payload says', () => {
    const base = factBase('t', [
      table('a'),
      column('a', 'id'),
      constraint('a', 'pk', 'primary', ['id']),
      column('a', 'kind', { type: 'role[]' }),
      enumeration('role', ['x']),
      table('b'),
      column('b', 'a_id'),
      foreign('b', 'fk', ['a_id'], 'a', ['id']),
      index('b', 'i', ['a_id', 'gone']),
      view('v', 'select id from a', ['column:a.id', 'table:lost']),
    ])
    expect(dependenciesOf(base, 'constraint:b.fk')).toEqual(['column:b.a_id', 'table:a', 'column:a.id', 'constraint:a.pk'])
    expect(dependenciesOf(base, 'index:b.i')).toEqual(['column:b.a_id'])
    expect(dependenciesOf(base, 'column:a.kind')).toEqual(['enum:role'])
    expect(dependentsOf(base, 'column:a.id')).toEqual(['constraint:a.pk', 'constraint:b.fk', 'view:v'])
    expect(dependentsOf(base, 'table:lost')).toEqual([])
  })

  it('says what is wrong on every database', () => {
    const base = factBase('t', [
      enumeration('e', ['a', 'a']),
      table('a'),
      constraint('a', 'fk', 'foreign', ['x']),
      column('a', 'g', { default: '1', generated: { expression: '1', stored: true } }),
    ])
    expect(checkFacts(base).map((error) => error.message)).toEqual([
      'enum e: a value stands in it twice.',
      'constraint a.fk: a foreign key names no table.',
      'column a.g: a generated column has no default.',
    ])
  })
})
