import { expect, test } from 'vitest'
import { mermaid } from './mermaid.ts'

/** What mermaid's grammar of entity relationship diagrams takes, line by line; checked against mermaid 11 itself when it was written. */
const LINES = [
  /^erDiagram$/,
  /^ {2}%% \d+ more tables are left out$/,
  /^ {2}t\d+\["[^"\\%\n\r]*"\](?: \{)?$/,
  /^ {4}(?!(?:PK|FK|UK)\b)[A-Za-z_\u00C0-\uFFFF][A-Za-z0-9_()[\]\u00C0-\uFFFF-]* (?!(?:PK|FK|UK)\b)[A-Za-z_\u00C0-\uFFFF][A-Za-z0-9_()[\]\u00C0-\uFFFF-]*(?: (?:PK|FK)(?:, FK)?)?(?: "[^"\\%\n\r]*")?$/i,
  /^ {2}\}$/,
  /^ {2}t\d+ (?:\|o|\}o)(?:--|\.\.)(?:\|\||o\|) t\d+ : "[^"\\%\n\r]*"$/,
]

const NAMES = [
  'users',
  'order items',
  'a"b',
  'a`b|c',
  '100%',
  'über',
  '表',
  'a\\b',
  'x\ny',
  'PK',
  'fk',
  'uk-1',
  'pk(1)',
  '{}',
  '[x]',
  '',
  '1',
  'ª',
  '😀',
  '%%',
]

test.each(NAMES)('a diagram of tables and columns called %j parses', (name) => {
  const columns = NAMES.map((column, at) => ({
    name: column,
    type: NAMES[(at + 7) % NAMES.length] ?? '',
    status: 'changed' as const,
    primary: at === 0,
    foreign: at % 2 === 0,
    changes: [`default ${column} → none`],
  }))
  const text = mermaid(
    [
      { name, status: 'added', columns },
      { name: 'other', status: 'changed', was: name, columns: [] },
    ],
    [
      { name, table: name, columns: [name], to: 'other', toColumns: [], status: 'added', unique: false, required: true },
      { name, table: 'other', columns: [], to: name, toColumns: [], status: 'removed', unique: true, required: false },
      { name, table: 'other', columns: [], to: 'not drawn', toColumns: [], status: 'added', unique: true, required: false },
    ],
  )
  for (const line of text.split('\n')) expect(LINES.some((pattern) => pattern.test(line)) ? '' : line).toBe('')
  expect(text.split('\n').filter((line) => line.includes(' : '))).toHaveLength(2)
})

test('a diagram of many tables and columns ends somewhere, and says so', () => {
  const column = { name: 'a', type: 'int', status: 'added', primary: false, foreign: false, changes: [] } as const
  const table = { status: 'added', columns: Array.from({ length: 100 }, () => column) } as const
  const text = mermaid(
    Array.from({ length: 100 }, (_, at) => ({ ...table, name: `t_${at}` })),
    [],
  )
  expect(text).toContain('60 more tables are left out')
  expect(text).toContain('and_40_columns')
  expect(text.split('\n').length).toBeLessThan(2600)
  expect(mermaid([], [])).toBe('')
})
