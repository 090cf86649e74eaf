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

test('branches, environments, levels and conflicts are told in every format', () => {
  const known = nodes.map((node, level) => ({
    ...node,
    level,
    appliedIn: node.applied ? ['prod', 'staging'] : [],
    ...(node.id === 'c' ? { branches: ['feature-phone'] } : {}),
  }))
  const options = { levels: true, conflicts: [{ one: 'b', other: 'c', object: 'column "email" of users' }] }
  expect(drawGraph(known, 'ascii', color, options)).toMatchInlineSnapshot(`
    "○  merge  (level 3; applied nowhere)
    ├ ╮
    │ ○  add_phone  (level 2; feature-phone; applied nowhere)
    ● │  add_email  (level 1; applied in prod, staging)
    ├ ╯
    ●  create_users  (level 0; applied in prod, staging)"
  `)
  expect(drawGraph(known, 'mermaid', color, options)).toMatchInlineSnapshot(`
    "flowchart TD
      n0["create_users<br>level 0<br>applied in prod, staging"]:::applied
      n1["add_email<br>level 1<br>applied in prod, staging"]:::applied
      n2["add_phone<br>level 2<br>feature-phone<br>applied nowhere"]
      n3["merge<br>level 3<br>applied nowhere"]
      n0 --> n1
      n0 --> n2
      n1 --> n3
      n2 --> n3
      n1 x-. "column #quot;email#quot; of users" .-x n2
      classDef applied fill:#d3f5d8,stroke:#2b8a3e"
  `)
  expect(drawGraph(known, 'dot', color, options)).toContain('"b" -> "c" [dir=none, style=dashed')
})
