import { describe, expect, test } from 'vitest'
import { answerCase } from './peers/answer-case.ts'
import { peerTables } from './peers/peer-tables.ts'

describe.each(peerTables)('what the tests of $project ask of a graph', (table) => {
  test('is answered as there', () => {
    const wrong = table.cases.map((asked) => [asked.name, answerCase(table, asked)] as const).filter(([, answer]) => answer !== '')
    expect(wrong).toEqual([])
  })

  test('is asked once, and what is left out has its reason', () => {
    const names = [...table.cases, ...[...table.differs, ...table.without].flatMap((each) => each.names.map((name) => ({ name })))].map(
      ({ name }) => name,
    )
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    for (const { reason, names: left } of [...table.differs, ...table.without])
      expect([reason.length > 20, left.length > 0]).toEqual([true, true])
  })
})

test('a table that is wrong is told', () => {
  const [table] = peerTables
  expect(answerCase(table!, { name: 'wrong set', graph: 'three', up: 'b', applies: 'a b c' })).toBe('applies: a b')
  expect(answerCase(table!, { name: 'no refusal', graph: 'three', up: 'b', applies: 'a b', refuses: 'YAMA_GRAPH_CYCLE' })).toContain(
    'not refused',
  )
  expect(answerCase(table!, { name: 'other refusal', graph: 'circle', refuses: 'YAMA_TARGET_UNKNOWN' })).toBe('refused: YAMA_GRAPH_CYCLE')
})
