import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkHash } from '../hash/link-hash.ts'
import { testMigration } from '../../test/test-migration.ts'
import { buildGraph } from './build-graph.ts'
import { compareMigrations } from './compare-migrations.ts'
import { naturalOrder } from './natural-order.ts'
import { resolveChain } from './resolve-chain.ts'
import { sortMigrations } from './sort-migrations.ts'

const ids = (...migrations: Parameters<typeof buildGraph>[0]): readonly string[] =>
  buildGraph(migrations)
    .order()
    .map((node) => node.migration.id)
const plain = (id: string): ReturnType<typeof testMigration> => testMigration(id)
const child = (id: string, ...parents: string[]): ReturnType<typeof testMigration> => testMigration(id, { parents })
const code = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

describe('edges', () => {
  it('are one where a parent is stated several times, beside those of the chain', () => {
    const graph = buildGraph([plain('1'), plain('2'), plain('3'), child('4', '3', '1', '3', '1'), child('5', '2', '2')])
    expect(['4', '5'].map((id) => graph.get(id)?.parents)).toEqual([['1', '3'], ['2']])
    expect(['1', '2', '3'].map((id) => graph.get(id)?.children)).toEqual([['2', '4'], ['3', '5'], ['4']])
  })
})

describe('order', () => {
  it('is numeric, whatever the zeros, and by id where numbers are equal', () => {
    expect(ids(plain('1000_d'), plain('9_a'), plain('010_b'), plain('readme'), plain('010_a'), plain('99_c'))).toEqual([
      '9_a',
      '010_a',
      '010_b',
      '99_c',
      '1000_d',
      'readme',
    ])
  })
  it('puts parents first and takes the smaller where it may choose', () => {
    expect(ids(child('1', '5'), child('5'), child('2'), child('3', '2', '1'))).toEqual(['2', '5', '1', '3'])
  })
})

describe('refusals', () => {
  it('names both files of one id', () => {
    expect(code(() => buildGraph([plain('1'), testMigration('1', { name: 'copy' })]))).toMatchObject({ code: 'YAMA_GRAPH_DUPLICATE_ID' })
  })
  it('names the missing parent', () => {
    expect(code(() => buildGraph([child('1', '0')]))).toMatchObject({ code: 'YAMA_GRAPH_MISSING_PARENT', details: { parent: '0' } })
  })
  it('names the path of a circle, of one migration too', () => {
    expect(code(() => buildGraph([child('0'), child('1', '3', '0'), child('2', '1'), child('3', '2'), child('4', '3')]))).toMatchObject({
      code: 'YAMA_GRAPH_CYCLE',
      details: { path: '1 → 3 → 2 → 1' },
    })
    expect(code(() => buildGraph([child('1', '1')]))).toMatchObject({ details: { path: '1 → 1' } })
  })
  it('names the ancestor that was edited, not its descendants', () => {
    const a = child('a')
    const linkA = linkHash(a.semanticHash, [])
    const b = child('b', `a@${linkA}`)
    const c = child('c', `b@${linkHash(b.semanticHash, [linkA])}`)
    expect(ids(c, b, a)).toEqual(['a', 'b', 'c'])
    expect(code(() => buildGraph([testMigration('a', { parents: [], up: ['create other'] }), b, c]))).toMatchObject({
      code: 'YAMA_GRAPH_LINK',
      details: { parent: 'a', id: 'b' },
    })
  })
})

describe('the chain of files without a header', () => {
  const row = (id: string, ...parents: string[]): Parameters<typeof resolveChain>[1] & object => [
    { id, status: 'applied', parents, link: 'x' },
  ]
  const files = ['001', '021', '022', '999', '1000'].map(plain)

  it('follows the numbers in an empty database', () => {
    const graph = buildGraph(files)
    expect(graph.order().map((node) => node.parents)).toEqual([[], ['001'], ['021'], ['022'], ['999']])
    expect(graph.heads()).toEqual(['1000'])
  })
  it('leaves a late file beside the chain, also after it was applied', () => {
    const before = [row('001'), row('021', '001'), row('999', '021@abc')].flat()
    const chain = resolveChain(files, before)
    expect([...chain.late]).toEqual(['022'])
    const parents = (rows: typeof before): unknown =>
      buildGraph(files, resolveChain(files, rows))
        .order()
        .map((node) => [node.migration.id, ...node.parents])
    expect(parents(before)).toEqual([['001'], ['021', '001'], ['022', '021'], ['999', '021'], ['1000', '999']])
    expect(parents([...before, ...row('022', '021')])).toEqual([
      ['001'],
      ['021', '001'],
      ['022', '021'],
      ['999', '021'],
      ['1000', '022', '999'],
    ])
  })
  it('chains several late files, on what precedes them', () => {
    const many = ['1', '2', '3', '4', '5', '6'].map(plain)
    const chain = resolveChain(many, [row('1'), row('4', '1'), row('6', '4')].flat())
    expect([...chain.late]).toEqual(['2', '3', '5'])
    expect(chain.parents.get('2')).toEqual(['1'])
    expect(chain.parents.get('3')).toEqual(['2'])
    expect(chain.parents.get('5')).toEqual(['4', '3'])
  })
  it('keeps links when a late file appears', () => {
    const link = (list: typeof files): unknown => buildGraph(list).get('999')?.link
    expect(link(files)).toBe(link(files.filter((file) => file.id !== '022')))
  })
  it('is not late when it is skipped', () => {
    expect(resolveChain(files, [row('001'), row('021', '001'), row('999', '022')].flat(), new Set(['022'])).late.size).toBe(0)
  })
  it('includes files with a header, and those whose parent sorts after them', () => {
    const graph = buildGraph([plain('1'), child('2', '3'), plain('3'), plain('4'), child('0', '4')])
    expect(graph.order().map((node) => [node.migration.id, ...node.parents])).toEqual([
      ['1'],
      ['3', '1'],
      ['2', '3'],
      ['4', '2'],
      ['0', '4'],
    ])
  })
  it('builds on a parent that is applied and has no file', () => {
    expect(ids(child('1'))).toEqual(['1'])
    const files = [child('2', '1@x')]
    expect(buildGraph(files, resolveChain(files, row('1'))).get('2')?.parents).toEqual([])
  })
})

describe('any graph', () => {
  const edges = fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 120 })
  const build = (pairs: readonly (readonly [number, number])[]): ReturnType<typeof testMigration>[] =>
    Array.from({ length: 40 }, (_, n) =>
      child(`${n}`, ...new Set(pairs.filter(([a, b]) => Math.max(a, b) === n && a !== b).map(([a, b]) => `${Math.min(a, b)}`))),
    )

  it('is ordered as a linear extension, the same for any order of files', () => {
    fc.assert(
      fc.property(edges, fc.infiniteStream(fc.nat()), (pairs, noise) => {
        const migrations = build(pairs)
        const graph = buildGraph(migrations)
        const order = graph.order().map((node) => node.migration.id)
        const position = new Map(order.map((id, index) => [id, index]))
        for (const node of graph.order())
          for (const parent of node.parents) expect(position.get(parent)).toBeLessThan(position.get(node.migration.id) ?? -1)
        const shuffled = migrations
          .map((migration) => ({ migration, key: noise.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ migration }) => migration)
        expect(ids(...shuffled)).toEqual(order)
      }),
    )
  })
  it('takes the smallest of what is free, where parents sort after their children too', () => {
    const free = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 40 })
    fc.assert(
      fc.property(free, fc.boolean(), (pairs, forward) => {
        // A circle is cut by a permutation of the numbers: its edges go from smaller to larger there.
        const place = (n: number): number => (forward ? n : (n * 7) % 20)
        const parents = Array.from({ length: 20 }, (_, n) => [
          ...new Set(pairs.flatMap(([a, b]) => (b === n && place(a) < place(b) ? [a] : place(b) < place(a) && a === n ? [b] : []))),
        ])
        const expected: number[] = []
        while (expected.length < 20)
          expected.push(parents.findIndex((own, n) => !expected.includes(n) && own.every((parent) => expected.includes(parent))))
        const graph = buildGraph(parents.map((own, n) => child(`${n}`, ...own.map(String))))
        expect(graph.order().map((node) => Number(node.migration.id))).toEqual(expected)
        for (const [n, own] of parents.entries()) {
          expect(graph.get(`${n}`)?.parents).toEqual(own.toSorted((a, b) => a - b).map(String))
          expect(graph.get(`${n}`)?.children).toEqual(parents.flatMap((others, other) => (others.includes(n) ? [`${other}`] : [])))
        }
      }),
    )
  })
  it('agrees with itself about ancestors, descendants, closure and levels', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = buildGraph(build(pairs))
        for (const {
          migration: { id },
          level,
        } of graph.order()) {
          const ancestors = graph.ancestors(id)
          expect(graph.closure([id])).toEqual(new Set([...ancestors, id]))
          for (const ancestor of ancestors) {
            expect(graph.descendants(ancestor).has(id)).toBe(true)
            expect(graph.get(ancestor)?.level).toBeLessThan(level)
          }
        }
        expect(graph.levels().flat().length).toBe(graph.size)
        expect(graph.closure(graph.heads()).size).toBe(graph.size)
      }),
      { numRuns: 30 },
    )
  })
  const item = fc.record({ version: fc.stringMatching(/^\d{0,4}$/), id: fc.string({ maxLength: 3 }) })
  it('is sorted as each two of them compare, also where numbers are larger than a number can be exactly', () => {
    const large = fc.record({
      version: fc.oneof(fc.stringMatching(/^2026\d{10}$/), fc.stringMatching(/^90071992547409\d{0,4}$/), fc.constant('9'.repeat(400))),
      id: fc.string({ maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: item }, large), { maxLength: 40 }), (items) => {
        const expected = items.toSorted(compareMigrations)
        expect(sortMigrations(items)).toEqual(expected)
        expect(naturalOrder(expected)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (items) => {
        expect(sortMigrations(items)).toEqual(items.toSorted(compareMigrations))
      }),
    )
  })
  it('is ordered by one strict order', () => {
    fc.assert(
      fc.property(item, item, item, (a, b, c) => {
        expect(Math.sign(compareMigrations(a, b))).toBe(-Math.sign(compareMigrations(b, a)) + 0)
        if (compareMigrations(a, b) < 0 && compareMigrations(b, c) < 0) expect(compareMigrations(a, c)).toBeLessThan(0)
      }),
    )
  })
})
