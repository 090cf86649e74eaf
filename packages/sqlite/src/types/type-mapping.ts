import type { NativeType, PortableType, PortableTypeName, TypeMapping } from '@yama/schema'
import { canonicalType } from '../text/canonical-type.ts'
import { defaultToNative, defaultToPortable } from './defaults.ts'

interface TypeEntry {
  /** The declared type; parameters follow in brackets where the portable type has them. */
  readonly sql: string
  readonly lossy?: string
}

const TEXT = 'SQLite stores it as text and does not check its form'
const NUMBER = 'SQLite stores large values as floating-point numbers'

/**
 * SQLite takes any declared type and derives an affinity from the letters in it (https://sqlite.org/datatype3.html), so the
 * declared type can keep the portable one by name: `pull` reads it back. `UUID` and the date types have NUMERIC affinity,
 * which leaves their texts alone; `BIT` would lose leading zeros and is named after its affinity.
 */
const NATIVE = {
  string: { sql: 'VARCHAR' },
  char: { sql: 'CHAR' },
  text: { sql: 'TEXT' },
  citext: { sql: 'CITEXT', lossy: 'comparison is case-sensitive unless the column has `collation: NOCASE`' },
  uuid: { sql: 'UUID', lossy: TEXT },
  boolean: { sql: 'BOOLEAN', lossy: 'SQLite stores 0 and 1' },
  smallint: { sql: 'SMALLINT' },
  int: { sql: 'INTEGER' },
  bigint: { sql: 'BIGINT' },
  decimal: { sql: 'DECIMAL', lossy: NUMBER },
  float: { sql: 'FLOAT' },
  double: { sql: 'REAL' },
  money: { sql: 'MONEY', lossy: NUMBER },
  date: { sql: 'DATE', lossy: TEXT },
  time: { sql: 'TIME', lossy: TEXT },
  timetz: { sql: 'TIMETZ', lossy: TEXT },
  timestamp: { sql: 'TIMESTAMP', lossy: TEXT },
  timestamplocal: { sql: 'DATETIME', lossy: TEXT },
  interval: { sql: 'INTERVAL', lossy: TEXT },
  json: { sql: 'JSON', lossy: TEXT },
  jsonb: { sql: 'JSONB', lossy: TEXT },
  binary: { sql: 'BLOB' },
  inet: { sql: 'INET', lossy: TEXT },
  cidr: { sql: 'CIDR', lossy: TEXT },
  macaddr: { sql: 'MACADDR', lossy: TEXT },
  xml: { sql: 'XML', lossy: TEXT },
  bit: { sql: 'BIT_TEXT', lossy: TEXT },
  varbit: { sql: 'VARBIT_TEXT', lossy: TEXT },
  point: { sql: 'POINT', lossy: TEXT },
  tsvector: { sql: 'TSVECTOR', lossy: 'full-text search needs an FTS5 table, written as SQL' },
} satisfies Record<PortableTypeName, TypeEntry>

/** Declared type → portable, for `pull`; only exact inverses, so that writing it again gives the same text. */
const PORTABLE: ReadonlyMap<string, PortableTypeName> = new Map(
  Object.entries(NATIVE).map(([name, entry]) => [entry.sql, name as PortableTypeName]),
)
/** Type names whose parameters mean the same in the portable type. */
const WITH_PARAMETERS: ReadonlySet<PortableTypeName> = new Set([
  'string',
  'char',
  'decimal',
  'float',
  'binary',
  'bit',
  'varbit',
  'time',
  'timetz',
  'timestamp',
  'timestamplocal',
  'interval',
])

function toNative(type: PortableType): NativeType {
  const entry: TypeEntry = NATIVE[type.name]
  if (type.array > 0) return { sql: 'JSON', lossy: 'SQLite has no arrays; the values are stored as a JSON text' }
  const parameters = type.parameters.length === 0 || !WITH_PARAMETERS.has(type.name) ? '' : `(${type.parameters.join(', ')})`
  return { sql: entry.sql + parameters, ...(entry.lossy === undefined ? {} : { lossy: entry.lossy }) }
}

function toPortable(sql: string): PortableType | undefined {
  const match = /^(?<name>[A-Z_]+)(?:\((?<parameters>\d+(?:, ?\d+)?)\))?$/.exec(canonicalType(sql))
  const name = PORTABLE.get(match?.groups?.['name'] ?? '')
  if (name === undefined) return undefined
  const parameters = match?.groups?.['parameters']?.split(',').map(Number) ?? []
  const portable: PortableType = { name, parameters, array: 0 }
  return canonicalType(toNative(portable).sql) === canonicalType(sql) ? portable : undefined
}

export const types: TypeMapping = { toNative, toPortable, defaultToNative, defaultToPortable, enums: 'check' }
