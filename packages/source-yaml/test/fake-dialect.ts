import type { DatabaseKind } from '@yama/core'
import type { NativeType, PortableDefault, PortableType, PortableTypeName, SchemaDialect, TypeMapping } from '@yama/schema'

const natives: Readonly<Partial<Record<PortableTypeName, string>>> = {
  string: 'varchar',
  char: 'char',
  text: 'text',
  citext: 'citext',
  uuid: 'uuid',
  boolean: 'boolean',
  smallint: 'smallint',
  int: 'integer',
  bigint: 'bigint',
  decimal: 'numeric',
  float: 'real',
  double: 'double precision',
  date: 'date',
  time: 'time',
  timestamp: 'timestamptz',
  timestamplocal: 'timestamp',
  interval: 'interval',
  json: 'json',
  jsonb: 'jsonb',
  binary: 'bytea',
  inet: 'inet',
}
const portables = new Map(Object.entries(natives).map(([name, sql]) => [sql, name as PortableTypeName]))
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A table of types with an exact inverse, so that round trips can be compared. */
function types(enums: 'native' | 'check'): TypeMapping {
  return {
    enums,
    toNative({ name, parameters, array }: PortableType): NativeType {
      const sql = `${natives[name] ?? name}${parameters.length === 0 ? '' : `(${parameters.join(',')})`}${'[]'.repeat(array)}`
      return name === 'money' ? { sql, lossy: 'The currency is lost.' } : { sql }
    },
    toPortable(sql) {
      const match = /^([a-z ]+?)(?:\(([\d,]+)\))?((?:\[\])*)$/.exec(sql)
      const name = portables.get(match?.[1] ?? '')
      if (match === null || name === undefined) return undefined
      return { name, parameters: match[2] === undefined ? [] : match[2].split(',').map(Number), array: (match[3] ?? '').length / 2 }
    },
    defaultToNative(value: PortableDefault) {
      if ('sql' in value) return value.sql
      if ('json' in value) return `json ${literal(value.json)}`
      if ('function' in value) return `${value.function}()`
      if (value.literal === null) return 'NULL'
      return typeof value.literal === 'string' ? literal(value.literal) : String(value.literal)
    },
    defaultToPortable(expression) {
      const json = /^json '((?:[^']|'')*)'$/s.exec(expression)
      if (json !== null) return { json: (json[1] ?? '').replaceAll("''", "'") }
      const text = /^'((?:[^']|'')*)'$/s.exec(expression)
      if (text !== null) return { literal: (text[1] ?? '').replaceAll("''", "'") }
      if (expression === 'NULL') return { literal: null }
      if (/^(now|today|gen_uuid)\(\)$/.test(expression)) return { function: expression.slice(0, -2) as 'now' }
      if (/^(true|false)$/.test(expression)) return { literal: expression === 'true' }
      if (/^-?\d+(\.\d+)?$/.test(expression) && String(Number(expression)) === expression) return { literal: Number(expression) }
      return { sql: expression }
    },
  }
}

const labels = { primary: 'pkey', unique: 'key', foreign: 'fkey', check: 'check', index: 'idx', exclusion: 'excl' } as const
const never = (): never => {
  throw new Error('not part of this test')
}

/** The part of a dialect that entities need. */
export function fakeDialect(kind: DatabaseKind = 'postgres'): SchemaDialect {
  return {
    kind,
    defaultSchema: kind === 'postgres' ? 'public' : '',
    types: types(kind === 'postgres' ? 'native' : 'check'),
    rules: {} as SchemaDialect['rules'],
    strategies: [],
    extract: never,
    scratch: never,
    clear: never,
    quote: (name) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`),
    defaultName: (of, table, columns) => [table, ...(of === 'primary' ? [] : columns), labels[of]].join('_'),
    identifierLimit: 63,
  }
}
