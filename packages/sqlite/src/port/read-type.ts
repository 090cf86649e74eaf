import type { ForeignType, PortableType, PortableTypeName } from '@yama/schema'
import { affinity, type Affinity } from '../types/affinity.ts'
import { types } from '../types/type-mapping.ts'

const plain = (name: PortableTypeName, parameters: readonly number[] = [], loss?: string): ForeignType => ({
  kind: 'portable',
  type: { name, parameters, array: 0 },
  ...(loss === undefined ? {} : { loss }),
})

/** Words of other databases that SQLite takes as well; with a size where they have one. */
const WORDS: Readonly<Record<string, PortableTypeName>> = {
  NVARCHAR: 'string',
  'CHARACTER VARYING': 'string',
  VARYING: 'string',
  CHARACTER: 'char',
  NCHAR: 'char',
  'NATIVE CHARACTER': 'char',
  CLOB: 'text',
  LONGTEXT: 'text',
  MEDIUMTEXT: 'text',
  TINYTEXT: 'text',
  'BLOB SUB_TYPE TEXT': 'text',
  BOOL: 'boolean',
  TINYINT: 'smallint',
  INT2: 'smallint',
  'SMALLINT UNSIGNED': 'int',
  MEDIUMINT: 'int',
  INT4: 'int',
  'BIG INT': 'bigint',
  INT8: 'bigint',
  INT64: 'bigint',
  NUMERIC: 'decimal',
  DOUBLE: 'double',
  'DOUBLE PRECISION': 'double',
  BYTEA: 'binary',
  BINARY: 'binary',
  VARBINARY: 'binary',
  MEDIUMBLOB: 'binary',
  LONGBLOB: 'binary',
  TINYBLOB: 'binary',
  TIMESTAMPTZ: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
}
const SIZED: ReadonlySet<PortableTypeName> = new Set(['string', 'char', 'decimal', 'binary'])
const BY_AFFINITY: Readonly<Record<Affinity, ForeignType>> = {
  INTEGER: plain('bigint'),
  TEXT: plain('text'),
  BLOB: plain('binary'),
  REAL: plain('double'),
  NUMERIC: plain('text', [], 'the declared type says nothing to other databases, so any text is taken'),
}

/** What a declared type means to other databases. Whole numbers of SQLite have 64 bits, whatever their type is called. */
export function readType(sql: string): ForeignType {
  const text = sql
    .toUpperCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?\bAUTO_?INCREMENT\b/g, '')
    .trim()
  if (text === 'TINYINT(1)') return plain('boolean')
  if (/^(?:INT|INTEGER|INT UNSIGNED|INTEGER UNSIGNED|UNSIGNED BIG INT)(?:\(\d+\))?$/.test(text)) return plain('bigint')
  const portable = types.toPortable(sql)
  if (portable !== undefined) return { kind: 'portable', type: portable }
  const match = /^(?<name>[A-Z_0-9 ]+?) ?(?:\((?<size>\d+(?:, ?\d+)?)\))?$/.exec(text)
  const name = WORDS[match?.groups?.['name'] ?? '']
  if (name === undefined) return BY_AFFINITY[affinity(text)]
  const size = match?.groups?.['size']?.split(',').map(Number) ?? []
  return plain(name, SIZED.has(name) ? size : [])
}

/** For a cast, which knows affinities alone. */
export const castType = (sql: string): PortableType | undefined => {
  const name = ({ INTEGER: 'bigint', TEXT: 'text', REAL: 'double', BLOB: 'binary', NUMERIC: 'decimal' } as const)[affinity(sql)]
  return { name, parameters: [], array: 0 }
}
