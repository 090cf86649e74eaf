import type { Fact, FactId } from '../facts/fact.ts'
import { objectId } from '../facts/fact-id.ts'
import { draftOf, productOf, type PortContext } from './port-context.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { LEAVE, placeOf } from './port-tables.ts'
import { portQuery, type FindSource } from './query/port-query.ts'
import { tableColumns, type QueryColumn } from './query/query-columns.ts'

/** Each view once, whichever of those that read it asks first; undefined where it is left out. */
export type ViewPort = (fact: Fact<'view'>) => PortedView | undefined

export interface PortedView {
  readonly fact: Fact<'view'>
  readonly columns: readonly QueryColumn[]
}

/** Says nothing about which rows it has, nor to whom. */
const SILENT_OPTIONS: ReadonlySet<string> = new Set(['algorithm'])
const AS_IT_IS = 'as it is'

/** Plain views are written in the words of the target; what is not certain is a question. */
export function viewPort(context: PortContext, skipped: ReadonlySet<string>): ViewPort {
  const done = new Map<FactId, PortedView | undefined>()
  const port: ViewPort = (fact) => {
    if (done.has(fact.id) || skipped.has(fact.id)) return done.get(fact.id)
    done.set(fact.id, undefined)
    const ported = portView(context, fact, port)
    done.set(fact.id, ported)
    return ported
  }
  return port
}

function portView(context: PortContext, fact: Fact<'view'>, port: ViewPort): PortedView | undefined {
  const { to, from, inquiry, sameWords } = context
  const { materialized, options, comment, query } = fact.payload
  const read = new Set<FactId>()
  const option = Object.keys(options).find((name) => !SILENT_OPTIONS.has(name))
  const written = materialized
    ? { problem: 'it keeps its rows' }
    : option === undefined
      ? portQuery(context, query, findSource(context, port, read))
      : { problem: `it says ${option}` }
  let sql = 'sql' in written ? written.sql : undefined
  if (sql === undefined) {
    const answer = inquiry.ask(fact, {
      rule: 'view',
      outcome: 'refused',
      message: `view ${fact.name} is left out`,
      loss: `${'problem' in written ? written.problem : ''}; needs: the same in the words of ${productOf(to)}`,
      answers: [LEAVE, ...(sameWords ? [AS_IT_IS] : []), SQL_ANSWER],
    })
    sql = answer === AS_IT_IS ? query : sqlAnswer(answer)
  } else inquiry.tell('view', fact, `its query is written in the words of ${productOf(to)} (from ${productOf(from)})`)
  const place = sql === undefined ? undefined : placeOf(context, fact)
  if (sql === undefined || place === undefined) return undefined
  const ported: Fact<'view'> = {
    kind: 'view',
    id: objectId('view', place.schema, place.name),
    ...place,
    payload: { query: sql, materialized: false, columns: [], ...(comment === undefined ? {} : { comment }), options: {} },
    dependsOn: [...read],
    ...(fact.origin === undefined ? {} : { origin: fact.origin }),
  }
  return { fact: ported, columns: 'columns' in written ? written.columns : [] }
}

/** Tables and views under the names that they have on the target, and remembers which were found. */
function findSource(context: PortContext, port: ViewPort, read: Set<FactId>): FindSource {
  return ({ schema = context.from.defaultSchema, name }) => {
    const draft = draftOf(context, schema, name)
    if (draft !== undefined) {
      read.add(objectId('table', draft.schema, draft.name))
      return { columns: tableColumns(draft), schema: draft.schema, name: draft.name }
    }
    const view = context.source.facts.get(objectId('view', schema, name))
    const ported = view?.kind === 'view' ? port(view) : undefined
    if (ported === undefined) return undefined
    const { id, schema: home, name: called } = ported.fact
    read.add(id)
    return { columns: ported.columns, schema: home, name: called }
  }
}
