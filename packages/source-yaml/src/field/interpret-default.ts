import type { PortableDefault, PortableType } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { DefaultSpec } from './field-spec.ts'

export type DefaultMeaning = { readonly value: PortableDefault } | { readonly problem: string; readonly fix: string; readonly text: string }

const numbers: ReadonlySet<string> = new Set(['smallint', 'int', 'bigint', 'decimal', 'float', 'double', 'money'])
const json: ReadonlySet<string> = new Set(['json', 'jsonb'])
const times: ReadonlySet<string> = new Set(['date', 'time', 'timetz', 'timestamp', 'timestamplocal'])
const functions: Readonly<Record<string, 'now' | 'today' | 'gen_uuid'>> = { 'now()': 'now', 'today()': 'today', 'gen_uuid()': 'gen_uuid' }
const rawFix = 'Write raw SQL as `= (…)` or `default: { sql: "…" }`, or put the text in quotes.'

function arrayLiteral(text: string, database: 'postgres' | 'other'): PortableDefault | undefined {
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list)) return undefined
    if (database === 'other') return { json: text }
    const items = list.map((item) => (typeof item === 'string' ? JSON.stringify(item) : String(item)))
    return { literal: `{${items.join(',')}}` }
  } catch {
    // The caller reports that it is no list, at its place.
    return undefined
  }
}

/** What a default means for its type. An undefined type is raw SQL or an enum. */
export function interpretDefault(
  spec: DefaultSpec,
  type: PortableType | undefined,
  options: { readonly earlier: boolean; readonly database: 'postgres' | 'other' },
): DefaultMeaning {
  const wrong = (text: string, problem: string, fix: string): DefaultMeaning => ({ text, problem, fix })
  const isJson = type !== undefined && type.array === 0 && json.has(type.name)
  if (spec.kind === 'sql') return { value: { sql: spec.sql } }
  if (spec.kind === 'text') return { value: isJson ? { json: spec.text } : { literal: spec.text } }
  if (spec.kind === 'value') {
    const { value } = spec
    if (value === null) return { value: { literal: null } }
    if (isJson) return { value: { json: JSON.stringify(value) } }
    if (typeof value === 'object' || value === undefined) {
      const list = type !== undefined && type.array > 0 ? arrayLiteral(JSON.stringify(value), options.database) : undefined
      return list === undefined ? wrong(JSON.stringify(value), 'is not a value of the type', rawFix) : { value: list }
    }
    return interpretWord(String(value), typeof value === 'string' ? undefined : (value as number | boolean), type, options, wrong)
  }
  return interpretWord(spec.text, undefined, type, options, wrong)
}

function interpretWord(
  text: string,
  scalar: number | boolean | undefined,
  type: PortableType | undefined,
  { earlier, database }: { readonly earlier: boolean; readonly database: 'postgres' | 'other' },
  wrong: (text: string, problem: string, fix: string) => DefaultMeaning,
): DefaultMeaning {
  const written = earlier && text === 'now' ? 'now()' : text
  const call = functions[written.toLowerCase()]
  if (text === 'null') return { value: { literal: null } }
  if (type === undefined) {
    if (call !== undefined) return { value: { function: call } }
    if (scalar !== undefined) return { value: { literal: scalar } }
    return { value: { literal: text } }
  }
  if (type.array > 0) {
    const list = text === '{}' ? arrayLiteral('[]', database) : arrayLiteral(text, database)
    return list === undefined ? wrong(text, 'is not a list', 'Write `= []`, or raw SQL as `default: { sql: "…" }`.') : { value: list }
  }
  if (json.has(type.name)) {
    try {
      JSON.parse(text)
      return { value: { json: text } }
    } catch {
      return wrong(text, 'is not JSON', 'Write `= {}`, `= []` or other JSON, text in double quotes included.')
    }
  }
  if (call !== undefined) {
    const fits =
      call === 'gen_uuid'
        ? ['uuid', 'string', 'text', 'char', 'binary'].includes(type.name)
        : times.has(type.name) || type.name === 'text' || type.name === 'string'
    return fits
      ? { value: { function: call } }
      : wrong(
          text,
          `does not fit the type ${type.name}`,
          call === 'gen_uuid' ? 'gen_uuid() is for uuid fields.' : `${call}() is for dates and times.`,
        )
  }
  if (/^[\w.]+\(.*\)$/s.test(text))
    return wrong(text, 'calls a function that is not portable', `${didYouMean(text, Object.keys(functions), '')} ${rawFix}`.trim())
  if (type.name === 'boolean') {
    return text === 'true' || text === 'false'
      ? { value: { literal: text === 'true' } }
      : wrong(text, 'is not true or false', 'Write `= true` or `= false`.')
  }
  if (numbers.has(type.name)) {
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))
      return wrong(text, 'is not a number', 'Write a number, or raw SQL as `default: { sql: "…" }`.')
    // What a JavaScript number cannot hold goes to the database digit by digit.
    return { value: String(Number(text)) === text ? { literal: Number(text) } : { sql: text } }
  }
  if (times.has(type.name) && !/\d/.test(text) && !/^-?infinity$/.test(text))
    return wrong(
      text,
      `is not a ${type.name}`,
      type.name === 'date' ? 'Write `= today()` or a date like 2026-11-21.' : 'Write `= now()` or a time like 2026-11-21T10:00:00Z.',
    )
  if (type.name === 'uuid' && !/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text))
    return wrong(text, 'is not a UUID', 'Write `= gen_uuid()` or a UUID.')
  return { value: { literal: text } }
}
