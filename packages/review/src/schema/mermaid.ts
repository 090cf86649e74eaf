import type { DiagramKey, DiagramTable } from '../contract/review-document.ts'

/** More than this nobody reads, and GitHub does not draw. */
const MOST_TABLES = 40
const MOST_COLUMNS = 60

/**
 * An entity relationship diagram of what differs, in mermaid: a note says what was added, removed or changed. `''` where there is nothing.
 * Names are made such that the text parses whatever they are.
 */
export function mermaid(tables: readonly DiagramTable[], keys: readonly DiagramKey[]): string {
  if (tables.length === 0) return ''
  const shown = tables.slice(0, MOST_TABLES)
  // A word that stands for a name in relations; what people read is its alias.
  const ids = new Map(shown.map(({ name }, at) => [name, `t${at + 1}`]))
  const left = tables.length - shown.length
  return [
    'erDiagram',
    ...(left > 0 ? [`  %% ${left} more tables are left out`] : []),
    ...shown.flatMap((table) => entity(table, ids.get(table.name) ?? '')),
    ...keys.flatMap((key) => relation(key, ids.get(key.table), ids.get(key.to))),
  ].join('\n')
}

function entity({ name, status, was, columns }: DiagramTable, id: string): readonly string[] {
  const note = was === undefined ? (status === 'same' || status === 'changed' ? '' : ` (${status})`) : ` (was ${was})`
  const title = quoted(`${name}${note}`)
  if (columns.length === 0) return [`  ${id}[${title}]`]
  return [
    `  ${id}[${title}] {`,
    ...columns.slice(0, MOST_COLUMNS).map(({ name: column, type, status: part, primary, foreign, changes }) => {
      const marks = [primary ? 'PK' : '', foreign ? 'FK' : ''].filter((mark) => mark !== '').join(', ')
      // In a table that is new or gone every column is.
      const told = part === 'same' || status === 'added' || status === 'removed' ? '' : quoted([part, ...changes].join(': '))
      return `    ${[attributeWord(type, 'type'), attributeWord(column, 'column'), marks, told].filter((word) => word !== '').join(' ')}`
    }),
    ...(columns.length > MOST_COLUMNS ? [`    more and_${columns.length - MOST_COLUMNS}_columns`] : []),
    '  }',
  ]
}

function relation({ name, status, unique, required }: DiagramKey, from: string | undefined, to: string | undefined): readonly string[] {
  if (from === undefined || to === undefined) return []
  const line = status === 'removed' ? '..' : '--'
  const label = status === 'same' ? name : `${name} (${status})`
  return [`  ${from} ${unique ? '|o' : '}o'}${line}${required ? '||' : 'o|'} ${to} : ${quoted(label)}`]
}

/** In quotes nothing ends the text but a quote, a backslash, a per cent sign and a line. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll('"', "'")
    .replaceAll(/[\\%\u0000-\u001F\u007F]/g, ' ')
    .slice(0, 120)}"`

/** Types and columns are single words there. */
function attributeWord(text: string, otherwise: string): string {
  const word = text
    .trim()
    .replaceAll(/[^\p{L}\p{N}_()[\]-]+|[\u0080-\u00BF]/gu, '_')
    .replace(/^[^\p{L}_]+/u, '_')
    // A word of its own there.
    .replace(/^(?=[pfu]k(?!\w))/i, '_')
    .slice(0, 60)
  return word === '' ? otherwise : word
}
