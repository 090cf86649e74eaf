import type { Report } from '../errors/report.ts'
import { earlierField } from './earlier-field.ts'
import type { Path, SourceDocument } from './source-document.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const ownKeys = new Set(['compat', 'version', 'schemas', 'entities', 'enums'])
const entityKeys = new Set(['table', 'database', 'fields', 'relations', 'indexes', 'schema', 'doc', 'description'])
const ignoredKeys = new Set([
  'validation',
  'validations',
  'computed',
  'variants',
  'hooks',
  'softDelete',
  'crud',
  'apiSchema',
  'source',
  'include',
])

/** A document of the earlier format in the words of this one, with the way back to its places. */
export function fromEarlierFormat(source: SourceDocument, report: Report): { readonly data: unknown; readonly back: (path: Path) => Path } {
  const data = source.data as Json
  for (const key of Object.keys(data))
    if (!ownKeys.has(key)) report.info('YAMA_ENTITY_IGNORED', { what: `The section \`${key}\`` }, source.keyAt([key]))
  const section = isObject(data['schemas']) ? 'schemas' : 'entities'
  const items = isObject(data[section]) ? data[section] : {}
  const places = new Map<string, Path>()
  const entities: Json = {}
  for (const [name, item] of Object.entries(items)) {
    if (!isObject(item)) {
      entities[name] = item
      continue
    }
    if (section === 'schemas' && item['database'] === undefined && item['table'] === undefined) {
      report.info('YAMA_ENTITY_IGNORED', { what: `The schema ${name} without \`database:\`` }, source.keyAt([section, name]))
      continue
    }
    entities[name] = entity(name, item, { source, report, path: [section, name], places })
  }
  const back = (path: Path): Path => {
    for (let length = path.length; length > 0; length--) {
      const known = places.get(path.slice(0, length).join('.'))
      if (known !== undefined) return [...known, ...path.slice(length)]
    }
    return path[0] === 'entities' ? [section, ...path.slice(1)] : path
  }
  return { data: { compat: 'yamajs', ...(data['enums'] === undefined ? {} : { enums: data['enums'] }), entities }, back }
}

interface Context {
  readonly source: SourceDocument
  readonly report: Report
  readonly path: Path
  readonly places: Map<string, Path>
}

function entity(name: string, item: Json, context: Context): Json {
  const { source, report, path, places } = context
  const database = item['database']
  const settings: Json = isObject(database) ? database : {}
  const ignore = (what: string, at: Path): void => report.info('YAMA_ENTITY_IGNORED', { what }, source.keyAt(at))
  const direct = item['fields'] === undefined
  const written: Json = direct
    ? Object.fromEntries(Object.entries(item).filter(([key]) => !entityKeys.has(key) && !ignoredKeys.has(key)))
    : isObject(item['fields'])
      ? item['fields']
      : {}
  for (const key of Object.keys(item))
    if (ignoredKeys.has(key) || (!direct && !entityKeys.has(key))) ignore(`\`${key}\` of ${name}`, [...path, key])
  const fields: Json = {}
  for (const [field, value] of Object.entries(written)) {
    const at = direct ? [...path, field] : [...path, 'fields', field]
    places.set(['entities', name, 'fields', field].join('.'), at)
    fields[field] = earlierField(value, (key) => ignore(`\`${key}\` of the field ${name}.${field}`, [...at, key]))
  }
  const foreignKeys: Json[] = []
  for (const [field, value] of Object.entries(isObject(item['relations']) ? item['relations'] : {})) {
    if (!isObject(value)) continue
    const at = [...path, 'relations', field]
    const target = String(value['target'] ?? value['entity'] ?? value['model'] ?? '')
    const actions = Object.fromEntries(['onDelete', 'onUpdate'].flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]])))
    const key = value['foreignKey']
    if (value['type'] === 'belongsTo' && typeof key === 'string' && key in fields)
      foreignKeys.push({ fields: [key], references: { entity: target }, ...actions })
    else if (value['type'] === 'belongsTo') fields[field] = { relation: `${target}?`, ...actions }
    else if (value['type'] === 'manyToMany' && typeof value['through'] === 'string')
      fields[field] = `${target}[] through:${value['through']}`
    else ignore(`The relation ${name}.${field}, the other side of another,`, at)
    places.set(['entities', name, 'fields', field].join('.'), at)
  }
  markPrimary(fields)
  const inDatabase = Array.isArray(settings['indexes']) ? settings['indexes'] : []
  const own = Array.isArray(item['indexes']) ? item['indexes'] : []
  for (const index of inDatabase.keys()) places.set(['entities', name, 'indexes', index].join('.'), [...path, 'database', 'indexes', index])
  for (const index of own.keys())
    places.set(['entities', name, 'indexes', inDatabase.length + index].join('.'), [...path, 'indexes', index])
  const indexes = [...inDatabase, ...own].map((index: unknown) => {
    if (!isObject(index)) return index
    const { type, ...rest } = index
    return type === undefined ? rest : { ...rest, using: type }
  })
  const table = item['table'] ?? (typeof database === 'string' ? database : settings['table'])
  return {
    ...(table === undefined ? {} : { table }),
    ...(settings['schema'] === undefined ? {} : { schema: settings['schema'] }),
    ...(item['doc'] === undefined && item['description'] === undefined ? {} : { doc: item['doc'] ?? item['description'] }),
    fields,
    ...(indexes.length === 0 ? {} : { indexes }),
    ...(foreignKeys.length === 0 ? {} : { foreignKeys }),
  }
}

/** The earlier format knows the field `id` as the key where no field says `primary`. */
function markPrimary(fields: Json): void {
  const isPrimary = (value: unknown): boolean =>
    typeof value === 'string' ? /\sprimary\b/.test(value) : isObject(value) && value['primary'] === true
  if (Object.values(fields).some(isPrimary) || fields['id'] === undefined) return
  const { id } = fields
  if (isObject(id)) id['primary'] = true
  // Directly behind the type, so that the places of what follows stay right enough.
  else if (typeof id === 'string') fields['id'] = id.includes(' ') ? id.replace(' ', ' primary ') : `${id} primary`
}
