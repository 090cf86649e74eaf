import { printedType, type PrintedType } from '../types/printed-type.ts'

const FAMILIES: readonly ReadonlySet<string>[] = [
  new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']),
  new Set(['date', 'timestamp without time zone', 'timestamp with time zone']),
  new Set(['time without time zone', 'time with time zone', 'interval']),
  new Set(['json', 'jsonb']),
  new Set(['inet', 'cidr']),
  new Set(['bit', 'bit varying']),
]
const TEXTS: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'name'])
const NUMBERS = FAMILIES[0] as ReadonlySet<string>

export const isText = (type: PrintedType): boolean => TEXTS.has(type.base) && !type.array

/** True where values go over by an assignment cast, so that no USING is needed, and keys on both sides still compare. */
export function sameFamily(from: PrintedType, to: PrintedType): boolean {
  if (from.array !== to.array) return false
  if (from.base === to.base) return true
  return (TEXTS.has(from.base) && TEXTS.has(to.base)) || FAMILIES.some((family) => family.has(from.base) && family.has(to.base))
}

/** Types with an explicit cast that means what people expect; everything else goes through text, which fails where a value does not fit. */
const DIRECT: ReadonlySet<string> = new Set([
  'boolean>integer',
  'integer>boolean',
  'timestamp without time zone>time without time zone',
  'timestamp with time zone>time without time zone',
  'uuid>text',
  'bytea>text',
])

/**
 * The USING expression for a change of type, undefined where assignment does it. Assignment is preferred: an explicit cast to
 * `varchar(5)` would cut values off in silence, the assignment refuses them.
 */
export function conversion(column: string, fromText: string, toText: string): string | undefined {
  const from = printedType(fromText)
  const to = printedType(toText)
  if (sameFamily(from, to)) return undefined
  if (isText(to)) return undefined
  if (to.array && !from.array) return `CASE WHEN ${column} IS NULL THEN NULL ELSE ARRAY[${column}${elementCast(from, to)}]::${toText} END`
  if (isText(from) || DIRECT.has(`${from.base}>${to.base}`)) return `${column}::${toText}`
  if (!from.array && NUMBERS.has(from.base) && to.base === 'boolean') return `(${column} <> 0)`
  if (!from.array && from.base === 'boolean' && NUMBERS.has(to.base)) return `${column}::integer::${toText}`
  return `${column}::text${from.array && to.array ? '[]' : ''}::${toText}`
}

const elementCast = (from: PrintedType, to: PrintedType): string => (sameFamily({ ...from, array: true }, to) ? '' : '::text')

/** True where the server has to write every row anew; false is only said where that was seen on a server. */
export function rewrites(fromText: string, toText: string): boolean {
  const from = printedType(fromText)
  const to = printedType(toText)
  if (from.array !== to.array) return true
  const widened = to.parameters.length === 0 || (from.parameters.length > 0 && (to.parameters[0] ?? 0) >= (from.parameters[0] ?? 0))
  if (from.base === to.base)
    return !(
      widened &&
      (from.base !== 'numeric' || to.parameters.length === 0 || (to.parameters[1] ?? 0) === (from.parameters[1] ?? 0)) &&
      from.base !== 'character'
    )
  const texts = new Set(['text', 'character varying'])
  return !(texts.has(from.base) && texts.has(to.base) && to.parameters.length === 0)
}

const RANK: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric']

/** True where some value of the old type may not fit into the new one. */
export function mayLose(fromText: string, toText: string): boolean {
  const from = printedType(fromText)
  const to = printedType(toText)
  if (!rewrites(fromText, toText)) return false
  if (from.array === to.array && RANK.includes(from.base) && RANK.includes(to.base) && to.parameters.length === 0)
    return RANK.indexOf(from.base) > RANK.indexOf(to.base)
  return !(isText(to) && to.parameters.length === 0)
}
