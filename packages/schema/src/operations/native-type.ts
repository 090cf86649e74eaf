import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { PORTABLE_TYPES, type PortableType, type PortableTypeName } from '../contract/type-mapping.ts'

const PORTABLE = /^([a-z]+)(?:\(\s*(\d+(?:\s*,\s*\d+)*)\s*\))?((?:\[\])*)$/

/** `string(120)`, `decimal(10, 2)`, `uuid[]`; undefined for what is not in the portable table. */
export function parsePortableType(text: string): PortableType | undefined {
  const match = PORTABLE.exec(text.trim())
  if (match?.[1] === undefined || !(PORTABLE_TYPES as readonly string[]).includes(match[1])) return undefined
  return {
    name: match[1] as PortableTypeName,
    parameters: match[2] === undefined ? [] : match[2].split(',').map(Number),
    array: (match[3] ?? '').length / 2,
  }
}

/** A portable type in the dialect's words; anything else is taken as the server's own. */
export function nativeType(text: string, dialect: SchemaDialect): string {
  const portable = parsePortableType(text)
  return portable === undefined ? text : dialect.types.toNative(portable).sql
}
