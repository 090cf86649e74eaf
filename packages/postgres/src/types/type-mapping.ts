import type { NativeType, PortableType, PortableTypeName, TypeMapping } from '@yama/schema'
import { printedType } from './printed-type.ts'
import { defaultToNative, defaultToPortable } from './defaults.ts'

interface TypeEntry {
  /** As `format_type` prints it; parameters stand before a suffix such as ` with time zone`. */
  readonly sql: string
  readonly suffix?: string
  /** Parameters that the server adds where none are stated. */
  readonly implied?: string
  /** False where the type takes none. */
  readonly parameters: boolean
}

const plain = (sql: string): TypeEntry => ({ sql, parameters: false })
const sized = (sql: string, suffix?: string, implied?: string): TypeEntry => ({
  sql,
  parameters: true,
  ...(suffix === undefined ? {} : { suffix }),
  ...(implied === undefined ? {} : { implied }),
})

/** Every portable type exists here as it is, so nothing is lost. */
const NATIVE = {
  string: sized('character varying'),
  char: sized('character', undefined, '(1)'),
  text: plain('text'),
  citext: plain('citext'),
  uuid: plain('uuid'),
  boolean: plain('boolean'),
  smallint: plain('smallint'),
  int: plain('integer'),
  bigint: plain('bigint'),
  decimal: sized('numeric'),
  float: plain('real'),
  double: plain('double precision'),
  money: plain('money'),
  date: plain('date'),
  time: sized('time', ' without time zone'),
  timetz: sized('time', ' with time zone'),
  timestamp: sized('timestamp', ' with time zone'),
  timestamplocal: sized('timestamp', ' without time zone'),
  interval: sized('interval'),
  json: plain('json'),
  jsonb: plain('jsonb'),
  binary: plain('bytea'),
  inet: plain('inet'),
  cidr: plain('cidr'),
  macaddr: plain('macaddr'),
  xml: plain('xml'),
  bit: sized('bit', undefined, '(1)'),
  varbit: sized('bit varying'),
  point: plain('point'),
  tsvector: plain('tsvector'),
} satisfies Record<PortableTypeName, TypeEntry>

const baseOf = ({ sql, suffix }: TypeEntry): string => sql + (suffix ?? '')
const PORTABLE: ReadonlyMap<string, PortableTypeName> = new Map(
  Object.entries(NATIVE).map(([name, entry]) => [baseOf(entry), name as PortableTypeName]),
)

function toNative({ name, parameters, array }: PortableType): NativeType {
  const entry: TypeEntry = NATIVE[name]
  const size = entry.parameters && parameters.length > 0 ? `(${parameters.join(',')})` : (entry.implied ?? '')
  // The server does not keep the number of dimensions.
  const sql = `${entry.sql}${size}${entry.suffix ?? ''}${array > 0 ? '[]' : ''}`
  const lossy =
    name === 'binary' && parameters.length > 0
      ? 'bytea has no length'
      : array > 1
        ? 'PostgreSQL does not keep the number of dimensions'
        : undefined
  return { sql, ...(lossy === undefined ? {} : { lossy }) }
}

function toPortable(sql: string): PortableType | undefined {
  const { base, parameters, array } = printedType(sql)
  const name = PORTABLE.get(base === 'public.citext' ? 'citext' : base)
  if (name === undefined) return undefined
  const portable: PortableType = { name, parameters, array: array ? 1 : 0 }
  // Only exact inverses, so that writing it again gives the same type.
  return toNative(portable).sql === (base === 'public.citext' ? sql.slice('public.'.length) : sql) ? portable : undefined
}

/** Portable types and defaults as PostgreSQL prints them. */
export const postgresTypes: TypeMapping = { toNative, toPortable, defaultToNative, defaultToPortable, enums: 'native' }
