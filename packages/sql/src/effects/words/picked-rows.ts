import type { PickedRows } from '@yama/core'
import type { ObjectName } from '../effect-builder.ts'
import { splitAtCommas, type Word } from './words.ts'

/** A number that every column of numbers holds as it is; MySQL gives a number of its own for 0. */
const NUMBER = /^[1-9]\d{0,8}$/

const LITERAL_WORDS = new Set(['NULL', 'TRUE', 'FALSE'])

/** The rows of `INSERT … (id, …) VALUES (1, …)`, where every value is written out. */
export function insertedRows(table: ObjectName, columns: readonly string[], values: readonly Word[]): PickedRows | undefined {
  const rows = splitAtCommas(values)
  const found: Record<string, string[]> = {}
  for (const row of rows) {
    if (row[0]?.text !== '(' || row.at(-1)?.text !== ')') return undefined
    const cells = splitAtCommas(row.slice(1, -1))
    if (cells.length !== columns.length || !cells.every(isLiteral)) return undefined
    for (const [at, column] of columns.entries()) (found[column] ??= []).push(cells[at]!.map(({ text }) => text).join(''))
  }
  const numbers = Object.fromEntries(Object.entries(found).filter(([, texts]) => texts.every((text) => NUMBER.test(text))))
  return { object: `relation:${table.name}`, numbers, filled: columns, sets: 'all' }
}

const isLiteral = (cell: readonly Word[]): boolean => {
  const [first, ...more] = cell[0]?.text === '-' ? cell.slice(1) : cell
  return (
    first !== undefined &&
    more.length === 0 &&
    (first.kind === 'string' || (first.kind === 'word' && LITERAL_WORDS.has(first.text)) || /^[\d.]/.test(first.text))
  )
}

/** The rows that `WHERE id = 1 AND …` finds. With OR and its like, it may be others too. */
export function foundRows(table: ObjectName, sets: readonly string[], where: readonly Word[]): PickedRows {
  const numbers: Record<string, readonly string[]> = {}
  const filled: string[] = []
  const depth = Math.min(...where.map((word) => word.depth))
  const outside = where.filter((word) => word.depth === depth && word.kind !== 'name' && word.kind !== 'string').map(({ text }) => text)
  if (!outside.some((text) => BRANCHES.has(text))) {
    for (const words of splitAt(where, depth)) {
      const [column, operator, ...values] = withoutTable(words, table)
      if (column === undefined || (column.kind !== 'word' && column.kind !== 'name')) continue
      const texts = values.map(({ text }) => text)
      if (COMPARES.has(operator?.text ?? '') && values.length === 1 && isLiteral(values)) filled.push(column.name)
      if (operator?.text === '=' && texts.length === 1 && NUMBER.test(texts[0]!)) numbers[column.name] = texts
      if (operator?.text !== 'IN' || texts[0] !== '(' || texts.at(-1) !== ')') continue
      const listed = texts.slice(1, -1).filter((text) => text !== ',')
      if (listed.length > 0 && listed.every((text) => NUMBER.test(text))) numbers[column.name] = listed
    }
  }
  return { object: `relation:${table.name}`, numbers, filled, sets }
}

const COMPARES = new Set(['=', '<', '>', '<=', '>=', '<>', '!='])
const BRANCHES = new Set(['OR', '||', 'XOR', 'BETWEEN', 'CASE', 'NOT'])

const withoutTable = (words: readonly Word[], { name }: ObjectName): readonly Word[] =>
  words[0]?.name === name && words[1]?.text === '.' ? words.slice(2) : words

function splitAt(words: readonly Word[], depth: number): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]]
  for (const word of words) {
    if (word.depth === depth && (word.text === 'AND' || word.text === '&&')) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}
