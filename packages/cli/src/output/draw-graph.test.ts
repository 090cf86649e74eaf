import { expect, test } from 'vitest'
import { drawGraph } from './draw-graph.ts'
import { paint } from './paint.ts'

const color = paint(false)
const nodes = [
  { id: 'a', name: 'create_users', parents: [], applied: true },
  { id: 'b', name: 'add_email', parents: ['a'], applied: true },
  { id: 'c', name: 'add_phone', parents: ['a'], applied: false },
  { id: 'd', name: 'merge', parents: ['b', 'c'], applied: false },
]

test('a branch and its merge, newest first', () => {
  expect(drawGraph(nodes, 'ascii', color)).toMatchInlineSnapshot(`
    "○  merge
    ├ ╮
    │ ○  add_phone
    ● │  add_email
    ├ ╯
    ●  create_users"
  `)
})

test('mermaid and dot carry every node and edge', () => {
  const mermaid = drawGraph(nodes, 'mermaid', color)
  expect(mermaid).toContain('n1 --> n3')
  expect(mermaid).toContain('n0["create_users"]:::applied')
  const dot = drawGraph(nodes, 'dot', color)
  expect(dot).toContain('"a" -> "c";')
  expect(dot.match(/->/g)).toHaveLength(4)
})

test('nothing to draw is said', () => {
  expect(drawGraph([], 'ascii', color)).toBe('There are no migrations yet.')
})
