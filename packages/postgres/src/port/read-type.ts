import type { ForeignType, PortableType } from '@yama/schema'
import { printedType } from '../types/printed-type.ts'
import { postgresTypes } from '../types/type-mapping.ts'

const TEXT: PortableType = { name: 'text', parameters: [], array: 0 }
const plain = (name: PortableType['name'], loss?: string): ForeignType => ({
  kind: 'portable',
  type: { name, parameters: [], array: 0 },
  ...(loss === undefined ? {} : { loss }),
})
const AS_TEXT = 'stored as text; its operators and the check of its form are PostgreSQL’s own'

/** Types of PostgreSQL that have no portable word, by their name without a schema. */
const OWN: Readonly<Record<string, ForeignType>> = {
  bpchar: plain('text'),
  name: plain('string'),
  oid: plain('bigint'),
  hstore: plain('json', 'stored as JSON'),
  ltree: plain('text', AS_TEXT),
  macaddr8: plain('text', AS_TEXT),
  tsquery: plain('text', AS_TEXT),
  regclass: plain('text', AS_TEXT),
  jsonpath: plain('text', AS_TEXT),
}
const RANGE = /^(?:int4|int8|num|ts|tstz|date)(?:multi)?range$/

/** What a printed type means to other databases. The schema's own types are looked up before this is asked. */
export function readType(sql: string): ForeignType {
  const portable = postgresTypes.toPortable(sql)
  if (portable !== undefined) return { kind: 'portable', type: portable }
  const { base, array } = printedType(sql)
  const name = base.replace(/^(?:\w+|"[^"]+")\./, '')
  if (array) return { kind: 'portable', type: { ...TEXT, array: 1 }, loss: 'a list of values of another type' }
  if (RANGE.test(name)) return plain('string', 'a range is stored as its text; its operators and exclusions are PostgreSQL’s own')
  if (/^interval\b/.test(name)) return plain('interval')
  if (/^(?:vector|halfvec|sparsevec)$/.test(name))
    return plain('json', 'a vector is stored as a JSON list; it cannot be searched by distance')
  if (name === 'citext') return plain('citext')
  return OWN[name] ?? { kind: 'unknown' }
}
