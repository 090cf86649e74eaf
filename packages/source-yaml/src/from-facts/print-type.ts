import type { ColumnPayload, FactId, PortableType, SchemaDialect } from '@yama/schema'
import { canonicalJson } from '@yama/core'
import { interpretDefault } from '../field/interpret-default.ts'
import { isSpecialText } from '../field/parse-shorthand.ts'
import { parameterProblem } from '../field/type-names.ts'
import { objectId } from '@yama/schema'
import type { FieldObject } from '../schema/types.ts'
import type { WriteContext } from './write-context.ts'

export function printPortable({ name, parameters, array }: PortableType): string {
  return `${name}${parameters.length === 0 ? '' : `(${parameters.join(', ')})`}${'[]'.repeat(array)}`
}

/** The portable type of a native one, where it comes back as the same native type. */
export function portableType(dialect: SchemaDialect, sql: string): PortableType | undefined {
  const portable = dialect.types.toPortable(sql)
  if (portable === undefined || parameterProblem(portable.name, portable.parameters) !== undefined) return undefined
  const back = dialect.types.toNative(portable).sql
  if (back === sql) return portable
  const again = dialect.types.toPortable(back)
  return again !== undefined && canonicalJson(again) === canonicalJson(portable) ? portable : undefined
}

/** The enum behind a column's type, and whether the column holds a list of its values. */
export function enumOf(
  { dialect, facts }: Pick<WriteContext, 'dialect' | 'facts'>,
  type: string,
  schema: string,
): { readonly id: FactId; readonly array: number } | undefined {
  const brackets = /(?:\[\])*$/.exec(type)?.[0] ?? ''
  const bare = type.slice(0, type.length - brackets.length)
  const parts = [...bare.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map((part) => part[1]?.replaceAll('""', '"') ?? part[2] ?? '')
  const name = parts.at(-1) ?? ''
  for (const home of parts.length > 1 ? [parts.slice(0, -1).join('.')] : [dialect.defaultSchema, schema]) {
    const id = objectId('enum', home, name)
    if (facts.has(id)) return { id, array: brackets.length / 2 }
  }
  return undefined
}

/** A default as the entity says it; raw SQL where nothing else means the same. */
export function printDefault(
  dialect: SchemaDialect,
  payload: ColumnPayload,
  type: PortableType | undefined,
): NonNullable<FieldObject['default']> | null {
  const expression = payload.default ?? ''
  const raw = { sql: expression }
  const value = dialect.types.defaultToPortable(expression, payload.type)
  let printed: FieldObject['default']
  if ('sql' in value) return raw
  if ('function' in value) printed = `${value.function}()`
  else if ('json' in value) printed = value.json
  else if (typeof value.literal === 'string')
    printed = isSpecialText(value.literal) || value.literal === '' ? { value: value.literal } : value.literal
  else printed = value.literal
  if (printed === '' || (typeof printed === 'object' && printed !== null && 'value' in printed && printed.value === ''))
    printed = { value: '' }
  const spec =
    printed !== null && typeof printed === 'object' && 'value' in printed
      ? ({ kind: 'text', text: String(printed.value) } as const)
      : typeof printed === 'string'
        ? ({ kind: 'word', text: printed } as const)
        : ({ kind: 'value', value: printed } as const)
  const meaning = interpretDefault(spec, type, { earlier: false, database: dialect.kind === 'postgres' ? 'postgres' : 'other' })
  if ('problem' in meaning) return raw
  const back = dialect.types.defaultToNative(meaning.value, type)
  if (back === expression) return printed as NonNullable<FieldObject['default']> | null
  const again = dialect.types.defaultToPortable(back, payload.type)
  return canonicalJson(again) === canonicalJson(value) ? (printed as NonNullable<FieldObject['default']> | null) : raw
}
