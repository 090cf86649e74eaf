import { PORTABLE_TYPES } from '@yama/schema'
import { createReport } from '../errors/report.ts'
import { entityFiles } from '../read/entity-files.ts'
import { readDocuments } from '../read/read-documents.ts'
import { entityJsonSchema } from './entity-json-schema.ts'

export interface ProjectNames {
  readonly entities: readonly string[]
  readonly enums: readonly string[]
  readonly fields: readonly string[]
  readonly views: readonly string[]
}

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

/** Names that the files declare. Files with mistakes give what can be read of them. */
export async function projectNames(options: { readonly directory: string; readonly root: string }): Promise<ProjectNames> {
  const files = await entityFiles(options.directory, options.root, 'empty')
  const found = { entities: new Set<string>(), enums: new Set<string>(), fields: new Set<string>(), views: new Set<string>() }
  for (const { data } of files.flatMap(({ text, file }) => readDocuments(text, file, createReport()))) {
    for (const section of ['entities', 'enums', 'views'] as const) for (const name of keysOf(at(data, section))) found[section].add(name)
    for (const name of keysOf(at(data, 'entities')))
      for (const field of keysOf(at(at(at(data, 'entities'), name), 'fields'))) found.fields.add(field)
  }
  const sorted = (names: ReadonlySet<string>): readonly string[] => [...names].toSorted()
  return { entities: sorted(found.entities), enums: sorted(found.enums), fields: sorted(found.fields), views: sorted(found.views) }
}

type Json = Record<string, unknown>
const offer = (values: readonly string[], schema: unknown): unknown =>
  values.length === 0 ? schema : { anyOf: [{ enum: values }, schema] }

/** Offers the project's own names wherever a name of a thing is written; everything else stays valid. */
export function withNames(schema: Json, { entities, enums, fields, views }: ProjectNames): Json {
  const marked = (names: readonly string[]): readonly string[] => names.flatMap((name) => [`${name}!`, `${name}?`])
  const types = [...marked(PORTABLE_TYPES), ...marked(enums), ...marked(entities), ...entities.map((name) => `${name}[]`)]
  const ordered = [...fields, ...fields.map((name) => `${name} desc`)]
  const lists: Readonly<Record<string, readonly string[]>> = {
    fields: ordered,
    include: fields,
    primary: fields,
    onDeleteFields: fields,
    dependsOn: [...entities, ...views],
    on: entities,
  }
  const values: Readonly<Record<string, readonly string[]>> = {
    relation: [...marked(entities), ...entities.map((name) => `${name}[]`)],
    type: types,
    entity: entities,
  }
  const visit = (node: unknown, key: string | undefined): unknown => {
    if (Array.isArray(node)) return node.map((each) => visit(each, key))
    if (typeof node !== 'object' || node === null) return node
    const object = node as Json
    const copy: Json = {}
    for (const [each, value] of Object.entries(object)) {
      if (each === 'properties')
        copy[each] = Object.fromEntries(
          Object.entries(value as Json).map(([name, inner]) => [
            name,
            name in values ? offer(values[name] ?? [], visit(inner, name)) : visit(inner, name),
          ]),
        )
      else if (each === 'items' && key !== undefined && key in lists) copy[each] = offer(lists[key] ?? [], visit(value, undefined))
      else if (each === 'additionalProperties' && key === 'fields') copy[each] = offer(types, visit(value, undefined))
      else copy[each] = visit(value, ['anyOf', 'allOf', 'oneOf', 'items'].includes(each) ? key : undefined)
    }
    return copy
  }
  return visit(schema, undefined) as Json
}

/**
 * The JSON Schema with the project's entities, enums, views and fields as completions, so that every editor completes
 * `relation:` and `fields:` without a language server.
 */
export async function projectJsonSchema(options: { readonly directory: string; readonly root: string }): Promise<Record<string, unknown>> {
  const [schema, names] = await Promise.all([entityJsonSchema(), projectNames(options)])
  const { $id: _, ...rest } = withNames(schema, names)
  return rest
}
