import type { AnyFact, Fact, FactKind } from '../facts/fact.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { productOf, type PortContext } from './port-context.ts'
import { SQL_ANSWER, sqlAnswer } from './port-finding.ts'
import { LEAVE } from './port-tables.ts'
import { viewPort } from './port-views.ts'
import { objectId, memberId } from '../facts/fact-id.ts'

/** What other databases have nothing for, as one question for all of a kind. */
const LEFT_OUT: Readonly<Partial<Record<FactKind, string>>> = {
  rule: 'there are no rewrite rules',
  policy: 'there is no row-level security; whoever may read the table reads all of its rows',
  statistics: 'statistics over several columns are the planner’s own matter',
  publication: 'replication is set up in another way',
  eventTrigger: 'there are no event triggers',
  grant: 'privileges are given to other users in another way',
  defaultPrivilege: 'privileges are given to other users in another way',
  owner: 'the roles of a server are not those of another',
  sequence: 'there are no sequences; columns that took numbers from one say so',
  compositeType: 'there are no composite types',
  rangeType: 'there are no ranges',
}

/** Parts of columns and tables, which are told with them. */
const INSIDE: ReadonlySet<FactKind> = new Set([
  'table',
  'column',
  'constraint',
  'index',
  'enum',
  'domain',
  'schema',
  'compositeType',
  'rangeType',
])

/** Views, routines and triggers by their answers; everything else that the target does not have is left out, and said. */
export function portObjects(context: PortContext, skipped: ReadonlySet<string>): readonly AnyFact[] {
  const { source, to, inquiry } = context
  const found: AnyFact[] = []
  const views = viewPort(context, skipped)
  for (const fact of source.facts.values()) {
    if (INSIDE.has(fact.kind) || skipped.has(fact.id)) continue
    if (fact.kind === 'extension') {
      inquiry.tell('object', fact, `${productOf(to)} needs no extension ${fact.name}`)
      continue
    }
    if (fact.kind === 'sequence' && to.port.features.sequences && context.sameWords) {
      found.push({ ...fact, schema: to.defaultSchema })
      continue
    }
    if (fact.kind === 'view') {
      const view = views(fact)
      if (view !== undefined) found.push(view.fact as unknown as AnyFact)
      continue
    }
    if (fact.kind === 'function' || fact.kind === 'trigger') {
      found.push(...portText(context, fact))
      continue
    }
    inquiry.ask(fact, {
      rule: 'object',
      outcome: 'refused',
      message: `${describeFact(fact.id)} is left out`,
      loss: LEFT_OUT[fact.kind] ?? `${productOf(to)} has nothing like it`,
      group: `every ${fact.kind}`,
      answers: [LEAVE],
    })
  }
  return found
}

/** What the words mean hangs on it; the answer is read as the target reads everything. */
function madeUnder({ payload: { sqlMode } }: Fact<'function'> | Fact<'trigger'>): string {
  return sqlMode === undefined ? '' : `, made under sql_mode ${sqlMode.length === 0 ? "''" : sqlMode.join(',')}, which is not taken along`
}

/** A body is a programme in the source's language: somebody writes it anew, or it is left out. */
function portText(context: PortContext, fact: Extract<AnyFact, { readonly kind: 'function' | 'trigger' }>): readonly AnyFact[] {
  const { to, from, inquiry } = context
  const answer = inquiry.ask(fact, {
    rule: 'object',
    outcome: 'refused',
    message: `${describeFact(fact.id)} is left out`,
    loss: `its text is ${productOf(from)}’s${madeUnder(fact)}; needs: the same in the words of ${productOf(to)}`,
    answers: [LEAVE, SQL_ANSWER],
  })
  const sql = sqlAnswer(answer)
  if (sql === undefined) return []
  const at = fact.origin === undefined ? {} : { origin: fact.origin }
  if (fact.kind === 'function') {
    const { type, name, comment } = fact.payload
    const payload = { type, name, arguments: '', definition: sql, ...(comment === undefined ? {} : { comment }) }
    return [
      { kind: 'function', id: objectId('function', to.defaultSchema, name), schema: to.defaultSchema, name, payload, dependsOn: [], ...at },
    ]
  }
  const table = context.tables.get(fact.parent ?? '')
  if (table === undefined) return []
  const parent = objectId('table', table.schema, table.name)
  const id = memberId('trigger', table.schema, table.name, fact.name)
  return [{ kind: 'trigger', id, schema: table.schema, name: fact.name, parent, payload: { definition: sql }, dependsOn: [], ...at }]
}
