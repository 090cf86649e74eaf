import type { NativeType, PortableType, PortableTypeName, TypeMapping } from '@yama/schema'
import { defaultToNative, defaultToPortable } from './defaults.ts'

interface TypeEntry {
  readonly sql: string
  /** Parameters where none are stated. */
  readonly implied?: readonly number[]
  readonly parameters: boolean
  readonly lossy?: string
}

const plain = (sql: string, lossy?: string): TypeEntry => ({ sql, parameters: false, ...(lossy === undefined ? {} : { lossy }) })
const sized = (sql: string, implied?: readonly number[], lossy?: string): TypeEntry => ({
  sql,
  parameters: true,
  ...(implied === undefined ? {} : { implied }),
  ...(lossy === undefined ? {} : { lossy }),
})
const TEXT = 'stored as text, its form is not checked'

const COMMON = {
  string: sized('varchar', [255]),
  char: sized('char', [1]),
  text: plain('longtext'),
  citext: plain('longtext', 'comparison follows the collation of the column, which is case-insensitive by default'),
  boolean: plain('tinyint(1)'),
  smallint: plain('smallint'),
  int: plain('int'),
  bigint: plain('bigint'),
  decimal: sized('decimal', [10, 0]),
  float: plain('float'),
  double: plain('double'),
  money: plain('decimal(19,4)', 'a number without its currency'),
  date: plain('date'),
  time: sized('time', [6]),
  timetz: sized('time', [6], 'the time zone is lost'),
  timestamp: sized('timestamp', [6], 'the last moment that it can hold is in January 2038'),
  timestamplocal: sized('datetime', [6]),
  interval: plain('varchar(64)', TEXT),
  json: plain('json'),
  jsonb: plain('json'),
  binary: sized('varbinary'),
  cidr: plain('varchar(43)', TEXT),
  macaddr: plain('varchar(17)', TEXT),
  xml: plain('longtext', TEXT),
  bit: sized('bit', [1]),
  varbit: sized('varbinary', [64], 'whole bytes instead of bits'),
  point: plain('point'),
  tsvector: plain('longtext', 'full-text search needs a FULLTEXT index on the text itself'),
} satisfies Partial<Record<PortableTypeName, TypeEntry>>

/** MariaDB has types for some that are texts on MySQL; `inet6` holds addresses of both kinds. */
const NATIVE = {
  mysql: { ...COMMON, uuid: plain('char(36)', TEXT), inet: plain('varchar(43)', TEXT) },
  mariadb: { ...COMMON, uuid: plain('uuid'), inet: plain('inet6', 'the length of a network is lost') },
} satisfies Record<'mysql' | 'mariadb', Record<PortableTypeName, TypeEntry>>

/** What a text type with an unlimited length is without one. */
const UNSIZED: Readonly<Partial<Record<PortableTypeName, string>>> = { binary: 'longblob' }

/** Printed → portable. The first name wins: `json` is read back as json, not as jsonb. */
const READ_BACK: Readonly<Record<string, PortableTypeName>> = {
  varchar: 'string',
  char: 'char',
  longtext: 'text',
  smallint: 'smallint',
  int: 'int',
  bigint: 'bigint',
  decimal: 'decimal',
  float: 'float',
  double: 'double',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  datetime: 'timestamplocal',
  json: 'json',
  varbinary: 'binary',
  longblob: 'binary',
  bit: 'bit',
  point: 'point',
  uuid: 'uuid',
}
/** Width that MariaDB prints where none is stated; MySQL prints none since 8.0.19. */
const WIDTHS: Readonly<Record<string, string>> = { smallint: '6', int: '11', bigint: '20' }

function toNative(kind: 'mysql' | 'mariadb', { name, parameters, array }: PortableType): NativeType {
  if (array > 0) return { sql: 'json', lossy: 'there are no arrays; the values are stored as JSON' }
  const entry: TypeEntry = NATIVE[kind][name]
  const unsized = UNSIZED[name]
  if (unsized !== undefined && parameters.length === 0) return { sql: unsized }
  const stated = parameters.length > 0 ? parameters : (entry.implied ?? [])
  const fraction = entry.implied?.[0] === 6
  const size = !entry.parameters || stated.length === 0 || (fraction && stated[0] === 0) ? '' : `(${stated.join(',')})`
  return { sql: entry.sql + size, ...(entry.lossy === undefined ? {} : { lossy: entry.lossy }) }
}

function toPortable(kind: 'mysql' | 'mariadb', sql: string): PortableType | undefined {
  if (sql === 'tinyint(1)') return { name: 'boolean', parameters: [], array: 0 }
  const match = /^(?<base>[a-z]+)(?:\((?<parameters>\d+(?:,\d+)?)\))?$/.exec(sql)
  const base = match?.groups?.['base'] ?? ''
  const name = READ_BACK[base]
  if (name === undefined || (name === 'uuid' && kind === 'mysql')) return undefined
  const stated = match?.groups?.['parameters']
  if (WIDTHS[base] !== undefined) return stated === undefined || stated === WIDTHS[base] ? { name, parameters: [], array: 0 } : undefined
  const fraction = name === 'time' || name === 'timestamp' || name === 'timestamplocal'
  const parameters = stated?.split(',').map(Number) ?? (fraction ? [0] : [])
  const usual = fraction && parameters[0] === 6
  const portable: PortableType = { name, parameters: usual ? [] : parameters, array: 0 }
  // Only exact inverses, so that writing it again gives the same type.
  return toNative(kind, portable).sql === sql ? portable : undefined
}

/** Portable types and defaults in the words of MySQL or of MariaDB. */
export const typesOf = (kind: 'mysql' | 'mariadb'): TypeMapping => ({
  toNative: (type) => toNative(kind, type),
  toPortable: (sql) => toPortable(kind, sql),
  defaultToNative: (value, type) => defaultToNative(value, type),
  defaultToPortable,
  enums: 'check',
})
