import { type AnyFact, type FactId, objectId, type ViewColumn } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { textOptions } from '../field/parse-field.ts'
import { appliesTo } from '../field/overridden.ts'
import { type Model, type ViewModel, words } from '../model/model.ts'
import { emitIndexes, type IndexOwner } from './emit-indexes.ts'
import { inSchema } from './emit-objects.ts'
import { type Emitter, tableId } from './emitter.ts'
import { withoutNamespaces } from './without-namespaces.ts'

const viewId = (view: ViewModel): FactId => objectId('view', view.schema, view.viewName)

/** Views, each after those whose names its query mentions. The words of a query only order; the server decides what it means. */
export function emitViews(emitter: Emitter): void {
  const { model } = emitter
  const edges = new Map<ViewModel, ReadonlySet<FactId>>()
  const byWord = wordsOf(model, emitter.facts)
  for (const view of model.views.values()) {
    const found = new Set<FactId>(declared(emitter, view))
    for (const [word] of view.query.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu))
      for (const id of byWord.get(word.toLowerCase()) ?? []) found.add(id)
    found.delete(viewId(view))
    edges.set(view, found)
  }
  const state = new Map<ViewModel, 'open' | 'done'>()
  const byId = new Map([...model.views.values()].map((view) => [viewId(view), view]))
  const visit = (view: ViewModel): void => {
    if (state.has(view)) return
    state.set(view, 'open')
    const dependsOn: FactId[] = [...inSchema(model, view.schema)]
    for (const id of edges.get(view) ?? []) {
      const other = byId.get(id)
      if (other !== undefined) visit(other)
      // A circle comes from words that only look like names; the edge that closes it is dropped.
      if (other === undefined || state.get(other) === 'done') dependsOn.push(id)
    }
    emitView(emitter, view, dependsOn)
    state.set(view, 'done')
  }
  for (const view of model.views.values()) visit(view)
}

function wordsOf(model: Model, facts: ReadonlyMap<FactId, AnyFact>): ReadonlyMap<string, readonly FactId[]> {
  const byWord = new Map<string, FactId[]>()
  const add = (word: string, id: FactId): void => void byWord.set(word.toLowerCase(), [...(byWord.get(word.toLowerCase()) ?? []), id])
  for (const fact of facts.values()) if (fact.kind === 'table' || fact.kind === 'sequence') add(fact.name, fact.id)
  for (const view of model.views.values()) add(view.viewName, viewId(view))
  return byWord
}

function declared({ model }: Emitter, view: ViewModel): readonly FactId[] {
  return (view.data.dependsOn ?? []).flatMap((name, index) => {
    const entity = model.entities.get(name)
    if (entity !== undefined) return [tableId(entity)]
    const other = model.views.get(name)
    if (other !== undefined) return [viewId(other)]
    if (!model.silentEntities.has(name)) {
      const known = [...model.entities.keys(), ...model.views.keys()]
      model.report.error(
        'YAMA_ENTITY_ENTITY_UNKNOWN',
        { where: `The view ${view.name}`, entity: name, fix: didYouMean(name, known) },
        view.source.at([...view.path, 'dependsOn', index]),
      )
    }
    return []
  })
}

/** What is said of a column; its type is the server's to say. */
function viewColumn(emitter: Emitter, name: string, said: NonNullable<ViewModel['data']['columns']>[string]): ViewColumn {
  const { doc, default: value, options } = typeof said === 'string' ? { doc: said } : said
  return {
    name,
    type: '',
    ...emitter.comment(doc),
    ...(value === undefined ? {} : { default: value }),
    ...(options === undefined ? {} : { options: textOptions(options) }),
  }
}

function emitView(emitter: Emitter, view: ViewModel, dependsOn: readonly FactId[]): void {
  const { model } = emitter
  const { data } = view
  const wanted = typeof data.materialized === 'object' ? appliesTo(data.materialized, model.kind) : data.materialized === true
  const materialized = wanted && model.kind === 'postgres'
  if (wanted && !materialized) {
    model.report.warning(
      'YAMA_ENTITY_NOT_CARRIED',
      {
        what: `\`materialized\` of the view ${view.name}`,
        fix: 'The database has plain views only; add `materialized: { only: [postgres] }`.',
      },
      view.source.keyAt([...view.path, 'materialized']),
    )
  }
  const unfilled = materialized && typeof data.materialized === 'object' && data.materialized.filled === false
  const was = words(data.was)
  const payload = {
    query: withoutNamespaces(view.query, model),
    materialized,
    columns: Object.entries(data.columns ?? {}).map(([name, column]) => viewColumn(emitter, name, column)),
    ...emitter.comment(data.doc),
    options: textOptions(data.options),
  }
  const id = viewId(view)
  emitter.add<'view'>(
    {
      kind: 'view',
      id,
      schema: view.schema,
      name: view.viewName,
      payload,
      dependsOn,
      ...(was.length === 0 ? {} : { was }),
      ...(unfilled ? { unfilled } : {}),
    },
    view,
  )
  const owner: IndexOwner = {
    name: view.name,
    source: view.source,
    path: view.path,
    schema: view.schema,
    table: view.viewName,
    id,
    broken: false,
    columns: (names) => names,
  }
  if (materialized) emitIndexes(emitter, owner, data.indexes)
  else if (data.indexes !== undefined)
    model.report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The view ${view.name}`,
        problem: 'only a materialized view has indexes',
        fix: 'Add `materialized: true`, or move the indexes to the entity.',
      },
      view.source.keyAt([...view.path, 'indexes']),
    )
}
