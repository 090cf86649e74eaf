import type { Report } from '../errors/report.ts'
import { appliesTo } from '../field/overridden.ts'
import type { Checked } from '../read/validate-document.ts'
import type { BuildContext } from './build-context.ts'
import { buildEntity } from './build-entity.ts'
import { buildEnum } from './build-enum.ts'
import { buildGrants, buildObjects, noObjects } from './build-objects.ts'
import { buildView } from './build-view.ts'
import { type EntityModel, type EnumModel, type Model, type Placed, type SequenceModel, type ViewModel, words } from './model.ts'
import { reportLater } from './report-later.ts'
import { namespaceOf } from './namespace-of.ts'

/** Keeps the first of a name and reports every other. */
function placeOnce<T extends Placed>(into: Map<string, T>, item: T, kind: string, report: Report): void {
  const first = into.get(item.name)
  if (first === undefined) return void into.set(item.name, item)
  const { file, line, column } = first.source.keyAt(first.path)
  report.error('YAMA_ENTITY_DUPLICATE_NAME', { kind, name: item.name, other: `${file}:${line}:${column}` }, item.source.keyAt(item.path))
}

/** Puts the documents together; mistakes go to the report. */
export function buildModel(documents: readonly Checked[], context: BuildContext): Model {
  const { dialect, naming, report } = context
  const kind = dialect.kind
  const entities = new Map<string, EntityModel>()
  const enums = new Map<string, EnumModel>()
  const views = new Map<string, ViewModel>()
  const sequences = new Map<string, SequenceModel>()
  const extensions: (Placed & { schema: string; version?: string })[] = []
  const namespaces: (Placed & { doc: string | undefined; was: readonly string[] })[] = []
  const objects = noObjects()
  const namedObjects = new Map<string, Placed>()
  const privileges: Parameters<typeof buildGrants>[1] = { grants: [], owners: [], defaultPrivileges: [] }
  const silentEntities = new Set<string>()
  const silentEnums = new Set<string>()
  for (const document of documents) {
    const { data, source, broken } = document
    for (const path of broken) {
      const [section, name] = path.split('.')
      if (section === 'entities' && name !== undefined) silentEntities.add(name)
      if (section === 'enums' && name !== undefined) silentEnums.add(name)
    }
    for (const [name, each] of Object.entries(data.enums ?? {})) {
      const model = buildEnum({ name, source, path: ['enums', name] }, each, broken, context)
      if (model === undefined) silentEnums.add(name)
      else placeOnce(enums, model, 'enum', report)
    }
    for (const [name, each] of Object.entries(data.entities ?? {})) {
      if (!appliesTo(each, kind)) silentEntities.add(name)
      else placeOnce(entities, buildEntity({ name, source, path: ['entities', name] }, each, document, context), 'entity', report)
    }
    for (const [name, each] of Object.entries(data.views ?? {})) {
      const model = buildView({ name, source, path: ['views', name] }, each, context)
      if (model !== undefined) placeOnce(views, model, 'view', report)
    }
    for (const [name, each] of Object.entries(data.sequences ?? {})) {
      if (!appliesTo(each, kind)) continue
      placeOnce(
        sequences,
        {
          name,
          source,
          path: ['sequences', name],
          data: each,
          schema: namespaceOf(each.schema, dialect),
          sequenceName: each.name ?? name,
        },
        'sequence',
        report,
      )
    }
    const wanted = data.extensions
    for (const [index, entry] of (Array.isArray(wanted) ? wanted : Object.keys(wanted ?? {})).entries()) {
      const settings = Array.isArray(wanted) ? null : (wanted?.[entry] ?? null)
      // Only PostgreSQL has extensions that a schema asks for.
      if (kind !== 'postgres' || (settings !== null && !appliesTo(settings, kind))) continue
      extensions.push({
        name: entry,
        source,
        path: ['extensions', Array.isArray(wanted) ? index : entry],
        schema: settings?.schema ?? dialect.defaultSchema,
        ...(settings?.version === undefined ? {} : { version: settings.version }),
      })
    }
    const spaces = data.schemas
    for (const [index, entry] of (Array.isArray(spaces) ? spaces : Object.keys(spaces ?? {})).entries()) {
      const settings = Array.isArray(spaces) ? null : (spaces?.[entry] ?? null)
      namespaces.push({
        name: entry,
        source,
        path: ['schemas', Array.isArray(spaces) ? index : entry],
        doc: settings?.doc,
        was: words(settings?.was),
      })
    }
    buildObjects(document, objects, namedObjects, context)
    buildGrants(document, privileges, context)
    reportLater(document, context)
  }
  for (const [name, each] of enums) {
    const entity = entities.get(name)
    if (entity !== undefined) placeOnce(new Map<string, Placed>([[name, each]]), entity, 'name of an enum and an entity', report)
  }
  return {
    kind,
    dialect,
    naming,
    report,
    lossy: new Set(),
    entities,
    silentEntities,
    enums,
    silentEnums,
    views,
    sequences: [...sequences.values()],
    objects,
    ...privileges,
    extensions,
    namespaces,
  }
}
