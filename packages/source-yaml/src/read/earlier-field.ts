import { parseShorthand } from '../field/parse-shorthand.ts'

type Json = Record<string, unknown>

/** Keys of a field which say something about a column. */
const carried = new Set([
  'type',
  'required',
  'nullable',
  'maxLength',
  'length',
  'primary',
  'generated',
  'default',
  'unique',
  'indexed',
  'index',
  'values',
  'enum',
  'precision',
  'scale',
  'autoUpdate',
  'references',
  'onDelete',
  'description',
])
const whole = /^(int|int8|int16|int32|int64|bigint|smallint|integer|uint)\b/

function generatedBy(type: string): Json {
  if (type.startsWith('uuid')) return { default: 'gen_uuid()' }
  if (whole.test(type)) return { identity: true }
  return {}
}

/** A field of the earlier format in the words of this one. */
export function earlierField(value: unknown, ignore: (key: string) => void): unknown {
  if (typeof value === 'string') return shorthand(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const field = value as Json
  for (const key of Object.keys(field)) if (!carried.has(key)) ignore(key)
  const values = field['values'] ?? field['enum']
  const length = field['maxLength'] ?? field['length']
  const base = String(field['type'] ?? 'string')
  const precision =
    field['precision'] === undefined
      ? ''
      : `(${String(field['precision'])}${field['scale'] === undefined ? '' : `, ${String(field['scale'])}`})`
  const sized = Array.isArray(values)
    ? `enum(${values.map(String).join(', ')})`
    : length !== undefined && !base.includes('(')
      ? `${base}(${String(length)})`
      : base + precision
  const required = field['required'] === true || field['primary'] === true || field['nullable'] === false
  return {
    type: /[!?]$/.test(sized) ? sized : `${sized}${required ? '!' : '?'}`,
    ...(field['primary'] === true ? { primary: true } : {}),
    ...(field['generated'] === true ? generatedBy(base) : {}),
    ...(field['default'] === undefined ? {} : { default: field['default'] }),
    ...(field['unique'] === true ? { unique: true } : {}),
    ...(field['indexed'] === true || field['index'] === true ? { indexed: true } : {}),
    ...(field['description'] === undefined ? {} : { doc: field['description'] }),
  }
}

/** `generated` on one line is a default or an identity; everything else the field reader knows itself. */
function shorthand(text: string): unknown {
  const { object, problems } = parseShorthand(text)
  if (problems.length > 0 || !('earlier:generated' in object) || typeof object.type !== 'string') return text
  const kept = Object.entries(object).filter(([key]) => !key.startsWith('earlier:'))
  return { ...generatedBy(object.type), ...Object.fromEntries(kept) }
}
