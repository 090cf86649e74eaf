import type { ForeignType, PortableType, PortableTypeName } from '@yama/schema'
import { significant, stringOf } from '../text/tokens.ts'
import { typesOf } from '../types/type-mapping.ts'

const plain = (name: PortableTypeName, parameters: readonly number[] = [], loss?: string): ForeignType => ({
  kind: 'portable',
  type: { name, parameters, array: 0 },
  ...(loss === undefined ? {} : { loss }),
})
const SIGNED: Readonly<Record<string, PortableTypeName>> = {
  tinyint: 'smallint',
  smallint: 'smallint',
  mediumint: 'int',
  int: 'int',
  bigint: 'bigint',
}
/** The next larger one, for numbers without a sign. */
const UNSIGNED: Readonly<Record<string, PortableTypeName>> = { tinyint: 'smallint', smallint: 'int', mediumint: 'int', int: 'bigint' }
const OTHERS: Readonly<Record<string, PortableTypeName>> = {
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  double: 'double',
  float: 'float',
  inet6: 'inet',
  inet4: 'inet',
  year: 'smallint',
}

/** What a printed type means to other databases. */
export function readType(kind: 'mysql' | 'mariadb', sql: string): ForeignType {
  const portable = typesOf(kind).toPortable(sql)
  if (portable !== undefined) return { kind: 'portable', type: portable }
  if (sql.startsWith('enum('))
    return { kind: 'values', values: significant(sql).flatMap((token) => (token.kind === 'string' ? [stringOf(token)] : [])) }
  if (sql.startsWith('set(')) return plain('string', [255], 'a set becomes a text with commas; which values it may hold is not checked')
  const match = /^(?<base>[a-z0-9]+)(?:\((?<size>\d+(?:,\d+)?)\))?(?<rest>(?: unsigned| zerofill)*)$/.exec(sql)
  const base = match?.groups?.['base'] ?? ''
  const size = match?.groups?.['size']?.split(',').map(Number) ?? []
  const unsigned = (match?.groups?.['rest'] ?? '').includes('unsigned')
  if (base === 'bigint' && unsigned) return plain('bigint', [], 'numbers above 9223372036854775807 do not fit, and negative ones do')
  const integer = (unsigned ? UNSIGNED : SIGNED)[base]
  if (integer !== undefined) return plain(integer, [], unsigned ? 'negative numbers are taken too' : undefined)
  if (base === 'decimal') return plain('decimal', size, unsigned ? 'negative numbers are taken too' : undefined)
  if (base === 'binary') return plain('binary', size)
  const other = OTHERS[base]
  if (other !== undefined) return plain(other)
  const shape = /^(?:geometry|linestring|polygon|multi\w+|geometrycollection)$/.test(base)
  return shape ? plain('binary', [], 'a shape is stored as bytes; its functions are MySQL’s own') : { kind: 'unknown' }
}

/** For a cast: `signed`, `char(10)`, `decimal(10,2)`. */
export function castType(kind: 'mysql' | 'mariadb', sql: string): PortableType | undefined {
  const text = sql.toLowerCase()
  if (/^(?:signed|unsigned)/.test(text)) return { name: 'bigint', parameters: [], array: 0 }
  if (text === 'char') return { name: 'text', parameters: [], array: 0 }
  const found = readType(kind, text.replace(/^char\(/, 'varchar('))
  return found.kind === 'portable' ? found.type : undefined
}
