import { closestName } from '@yama/core'
import type { PortableDefault } from '../contract/type-mapping.ts'
import type { OperationStep } from '../contract/operation.ts'
import { schemaErrors } from '../errors/errors.ts'

/** Reads the keys of an operation's input; everything missing or of a wrong type is refused at the step's position. */
export interface InputReader {
  text(key: string): string
  optionalText(key: string): string | undefined
  texts(key: string): readonly string[]
  optionalTexts(key: string): readonly string[] | undefined
  flag(key: string): boolean | undefined
  /** Undefined where the key is absent; null where the file says null. */
  value(key: string): PortableDefault | undefined | null
  object(key: string, keys: readonly string[]): InputReader
  has(key: string): boolean
  /** An error about this input, to throw. */
  problem(text: string): Error
}

/** Throws YAMA_OPERATION_INVALID for what is not an object and for unknown keys, with the key that was probably meant. */
export function readInput(step: OperationStep, keys: readonly string[], input: unknown = step.input, path = ''): InputReader {
  const problem = (text: string): Error =>
    schemaErrors.YAMA_OPERATION_INVALID({ operation: step.name, problem: text, keys: keys.join(', ') }, { position: step.position })
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw problem(`${path === '' ? 'its input' : `\`${path}\``} must be an object with keys.`)
  const values = input as Readonly<Record<string, unknown>>
  for (const key of Object.keys(values)) {
    if (keys.includes(key)) continue
    const meant = closestName(key, keys)
    throw problem(`unknown key \`${path}${key}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`)
  }
  const missing = (key: string): Error => problem(`\`${path}${key}\` is missing.`)
  const optionalText = (key: string): string | undefined => {
    const value = values[key]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string' || value === '') throw problem(`\`${path}${key}\` must be a text.`)
    return value
  }
  const optionalTexts = (key: string): readonly string[] | undefined => {
    const value = values[key]
    if (value === undefined || value === null) return undefined
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (list.length === 0 || !list.every((item): item is string => typeof item === 'string' && item !== ''))
      throw problem(`\`${path}${key}\` must be a name or a list of names.`)
    return list
  }
  return {
    problem,
    optionalText,
    optionalTexts,
    has: (key) => values[key] !== undefined,
    text: (key) => optionalText(key) ?? fail(missing(key)),
    texts: (key) => optionalTexts(key) ?? fail(missing(key)),
    flag(key) {
      const value = values[key]
      if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined
      throw problem(`\`${path}${key}\` must be true or false.`)
    },
    value: (key) =>
      readDefault(values[key]) ??
      (values[key] === undefined || values[key] === null
        ? (values[key] as undefined | null)
        : fail(problem(`\`${path}${key}\` must be a value, \`now()\`, or \`{ sql: … }\`.`))),
    object: (key, inner) => (values[key] === undefined ? fail(missing(key)) : readInput(step, inner, values[key], `${path}${key}.`)),
  }
}

function readDefault(value: unknown): PortableDefault | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return { literal: value }
  if (typeof value === 'string') {
    const called = /^(now|today|gen_uuid)\(\)$/.exec(value)?.[1]
    return called === undefined ? { literal: value } : { function: called as 'now' | 'today' | 'gen_uuid' }
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { sql, json } = value as { readonly sql?: unknown; readonly json?: unknown }
  if (typeof sql === 'string') return { sql }
  return json === undefined ? undefined : { json: JSON.stringify(json) }
}

function fail(error: Error): never {
  throw error
}
