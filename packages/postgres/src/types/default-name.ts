import { createHash } from 'node:crypto'

const LIMIT = 63

const bytes = (text: string): number => Buffer.byteLength(text)

/** Cuts to a number of bytes without splitting a character, as the server does. */
function clip(text: string, limit: number): string {
  let cut = text
  while (bytes(cut) > limit) cut = [...cut].slice(0, -1).join('')
  return cut
}

/** The server's `makeObjectName`: the longer of the two parts gives way until the whole fits into 63 bytes. */
function objectName(first: string, second: string, label: string): string {
  const available = LIMIT - (bytes(label) + 1) - (second === '' ? 0 : 1)
  let one = bytes(first)
  let two = bytes(second)
  while (one + two > available) {
    if (one > two) one -= 1
    else two -= 1
  }
  return [clip(first, one), clip(second, two), label].filter((part) => part !== '').join('_')
}

/** A name that a type has while another takes its place; `part` tells what came with it apart. */
export function asideName(name: string, part = ''): string {
  const end = `${part}__old`
  return `${clip(name, LIMIT - bytes(end))}${end}`
}

/** A schema for a table that is made anew. Tables of one name in two schemas, or of two long names, may be so in one migration. */
export function asideSchema(schema: string, table: string): string {
  const plain = `yama_aside_${table}`
  if (schema === 'public' && bytes(plain) <= LIMIT) return plain
  const hash = createHash('sha256').update(`${schema}\0${table}`).digest('hex').slice(0, 8)
  return `${clip(plain, LIMIT - 9)}_${hash}`
}

/** Name of a NOT NULL, which has one since PostgreSQL 18. */
export function defaultNotNullName(table: string, column: string): string {
  return objectName(table, column, 'not_null')
}

/** Name of the sequence behind `serial` and identity columns, where none is stated. */
export function defaultSequenceName(table: string, column: string): string {
  return objectName(table, column, 'seq')
}

const LABELS = { primary: 'pkey', unique: 'key', foreign: 'fkey', check: 'check', index: 'idx', exclusion: 'excl' } as const

/**
 * Name that the server gives when none is stated, with the number that it adds when the name is taken. A check has
 * its column in the name only where it has just one.
 */
export function defaultName(kind: keyof typeof LABELS, table: string, columns: readonly string[], number = 0): string {
  const label = `${LABELS[kind]}${number === 0 ? '' : String(number)}`
  if (kind === 'primary') return objectName(table, '', label)
  if (kind === 'check') return objectName(table, columns.length === 1 ? (columns[0] ?? '') : '', label)
  return objectName(table, additionOf(columns), label)
}

/** Joins column names until a name's length is reached, as `ChooseIndexNameAddition` does. */
function additionOf(columns: readonly string[]): string {
  let joined = ''
  for (const column of columns) {
    joined = joined === '' ? column : `${joined}_${column}`
    if (bytes(joined) > LIMIT) break
  }
  return joined
}

/**
 * True for a name as the server makes them: it says nothing, and is another one after a rename, or on a server before 18 none at all.
 */
export const isServerNotNullName = (name: string): boolean => /_not_null\d*$/.test(name)

/** True for the name that the server gives when none is stated, with the number too that it adds when that one is taken. */
export function isDefaultName(
  kind: 'primary' | 'unique' | 'index' | 'exclusion',
  table: string,
  columns: readonly string[],
  name: string,
): boolean {
  const number = /[1-9]\d*$/.exec(name)?.[0]
  return name === defaultName(kind, table, columns) || (number !== undefined && name === defaultName(kind, table, columns, Number(number)))
}
