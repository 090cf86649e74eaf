import type { DatabaseKind } from '@yama/core'
import type { ReferentialAction } from '@yama/schema'
import type { EntityCode } from '../errors/errors.ts'
import type { FieldData, FieldObject } from '../schema/types.ts'
import type { DefaultSpec, FieldSpec, IdentitySpec, SpecPlace, TypeSpec } from './field-spec.ts'
import { parseShorthand } from './parse-shorthand.ts'
import { parseType } from './parse-type.ts'
import { overridden } from './overridden.ts'

export interface SpecProblem {
  readonly code: EntityCode
  readonly details: Readonly<Record<string, string>>
  readonly place: SpecPlace
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

export const referentialActions: Readonly<Record<string, ReferentialAction>> = {
  noAction: 'no action',
  restrict: 'restrict',
  cascade: 'cascade',
  setNull: 'set null',
  setDefault: 'set default',
}

export function deferral(value: boolean | string | undefined): { readonly deferrable?: 'immediate' | 'deferred' } {
  if (value === undefined || value === false) return {}
  return { deferrable: value === 'deferred' || value === 'initiallyDeferred' ? 'deferred' : 'immediate' }
}

export function textOptions(
  options: Readonly<Record<string, string | boolean | number>> | undefined,
): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(Object.entries(options ?? {}).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]))
}

function identityOf(value: FieldObject['identity']): { readonly identity?: IdentitySpec } {
  if (value === undefined || value === false) return {}
  if (value === true) return { identity: { mode: 'default' } }
  if (typeof value === 'string') return { identity: { mode: value } }
  const { mode = 'default', cycle, ...numbers } = value
  const texts = Object.fromEntries(Object.entries(numbers).map(([key, each]) => [key, String(each)]))
  return { identity: { mode, ...(cycle === undefined ? {} : { cycle }), ...texts } }
}

function defaultOf(value: FieldObject['default']): { readonly default?: DefaultSpec } {
  if (value === undefined) return {}
  if (typeof value === 'string') return { default: { kind: 'word', text: value } }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    if ('sql' in value) return { default: { kind: 'sql', sql: value.sql } }
    return { default: typeof value.value === 'string' ? { kind: 'text', text: value.value } : { kind: 'value', value: value.value } }
  }
  return { default: { kind: 'value', value } }
}

export interface ParsedField {
  readonly spec: FieldSpec | undefined
  readonly problems: readonly SpecProblem[]
}

/** Fields on one line that were parsed before: a schema says `bigint!` a thousand times. */
const parsedLines = new Map<string, ParsedField>()
const MOST_LINES = 5_000

/** A field, as the given database sees it. `undefined` spec: it cannot be read; the problems say why. */
export function parseField(data: FieldData, kind: DatabaseKind, earlier: boolean): ParsedField {
  if (typeof data !== 'string') return parseAnyField(data, kind, earlier)
  const key = earlier ? `earlier ${data}` : ` ${data}`
  let parsed = parsedLines.get(key)
  if (parsed === undefined) {
    if (parsedLines.size >= MOST_LINES) parsedLines.clear()
    parsedLines.set(key, (parsed = parseAnyField(data, kind, earlier)))
  }
  return parsed
}

function parseAnyField(data: FieldData, kind: DatabaseKind, earlier: boolean): ParsedField {
  const problems: SpecProblem[] = []
  const places: Record<string, SpecPlace> = {}
  let object: FieldObject
  if (typeof data === 'string') {
    const short = parseShorthand(data)
    for (const problem of short.problems) problems.push({ ...problem, place: { offset: problem.offset } })
    for (const [key, offset] of Object.entries(short.offsets)) {
      places[key] = { offset }
      if (key.startsWith('earlier:') && !earlier) {
        const modifier = key.slice('earlier:'.length)
        problems.push({
          code: 'YAMA_ENTITY_MODIFIER_UNKNOWN',
          details: { modifier, fix: 'It belongs to the earlier format; remove it, or say `compat: yamajs` at the top of the file.' },
          place: { offset },
        })
      }
    }
    object = short.object
    if (object.type === undefined) return { spec: undefined, problems }
  } else {
    object = overridden(data, kind)
    for (const key of Object.keys(data)) places[key] = { key }
  }
  const written = object.relation ?? object.type
  if (written === undefined) {
    problems.push({ code: 'YAMA_ENTITY_KEY_MISSING', details: { key: 'type' }, place: { offset: 0 } })
    return { spec: undefined, problems }
  }
  let type: TypeSpec
  let nullable = object.nullable
  if (typeof written === 'object') {
    type = { kind: 'raw', sql: written.sql }
  } else {
    const parsed = parseType(written, earlier)
    if ('code' in parsed) {
      problems.push({ code: parsed.code, details: parsed.details, place: places['type'] ?? places['relation'] ?? { offset: 0 } })
      return { spec: undefined, problems }
    }
    type = object.relation !== undefined && parsed.type.kind === 'named' ? { ...parsed.type, relation: true } : parsed.type
    nullable ??= parsed.nullable
  }
  const { onDelete, onUpdate, match, constraint, through, generated, stored, column, columns, collation, doc } = object
  return {
    problems,
    spec: {
      type,
      nullable,
      primary: object.primary === true,
      unique: object.unique === true,
      indexed: object.indexed === true,
      ...identityOf(object.identity),
      ...defaultOf(object.default),
      ...(onUpdate === undefined ? {} : { onUpdate }),
      ...(onDelete === undefined ? {} : { onDelete: referentialActions[onDelete] ?? 'no action' }),
      ...deferral(object.deferrable),
      ...(match === 'full' ? { match } : {}),
      notValid: object.notValid === true,
      ...(constraint === undefined ? {} : { constraint }),
      ...(object.references === undefined ? {} : { references: list(object.references) }),
      ...(through === undefined ? {} : { through }),
      ...(typeof generated === 'string' ? { generated: { expression: generated, stored: stored ?? true } } : {}),
      was: list(object.was),
      ...(column === undefined ? {} : { column }),
      ...(columns === undefined ? {} : { columns }),
      ...(collation === undefined ? {} : { collation }),
      options: textOptions(object.options),
      ...(doc === undefined ? {} : { doc }),
      backfill: object.backfill !== undefined,
      places,
    },
  }
}
