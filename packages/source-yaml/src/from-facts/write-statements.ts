import { type Fact, type FactId, parseFactId } from '@yama/schema'
import { namesakes, sharesName } from './namesakes.ts'
import type { WriteContext } from './write-context.ts'
import { doc, home, keyed, type Write } from './write-value.ts'

/** By its name alone where that is enough; overloads carry their arguments. */
export const functionValue: Write<'function'> = (fact, context) => {
  const { name, definition, comment, timeZone } = fact.payload
  const { here: twice, elsewhere } = namesakes(context.facts, fact)
  const full = twice ? fact.name : name
  return {
    key: elsewhere ? `${fact.schema}_${full}` : full,
    value: {
      ...(elsewhere ? { name: full } : {}),
      ...home(fact.schema, context),
      ...doc(comment),
      ...(fact.unchecked === true ? { unchecked: true } : {}),
      ...madeUnder(fact),
      ...(timeZone === undefined ? {} : { timeZone }),
      sql: definition,
    },
  }
}

const madeUnder = ({
  payload: { sqlMode, collation },
}: Fact<'function'> | Fact<'trigger'>): { readonly sqlMode?: readonly string[]; readonly collation?: string } => ({
  ...(sqlMode === undefined ? {} : { sqlMode }),
  ...(collation === undefined ? {} : { collation }),
})

/** The entity or view that something sits on, as entries name it. */
export function hostName(id: FactId, context: WriteContext): string {
  const entity = context.entityNames.get(id)
  if (entity !== undefined) return entity
  const { kind, schema, name } = parseFactId(id)
  if (kind === 'object')
    return schema === context.dialect.defaultSchema ? name : name.replace(/^foreign table /, `foreign table ${schema}.`)
  const view = context.facts.get(id)
  const twice = view !== undefined && sharesName(context.facts, view)
  return context.viewNames.get(id) ?? (twice ? `${schema}_${name}` : name)
}

function onTable(fact: Fact<'trigger'> | Fact<'rule'>, context: WriteContext): { readonly key: string; readonly value: unknown } {
  const { definition, enabled, comment } = fact.payload
  const table = parseFactId(fact.parent ?? fact.id).name
  const { elsewhere: same } = namesakes(context.facts, fact)
  const { key, named } = keyed(fact as Fact, same ? `${fact.schema}_${table}` : table, context)
  return {
    key,
    value: {
      ...named,
      on: hostName(fact.parent ?? '', context),
      ...doc(comment),
      ...(fact.kind === 'trigger' ? madeUnder(fact) : {}),
      sql: definition,
      ...(enabled === undefined ? {} : { enabled }),
      ...(fact.kind === 'trigger' ? onPartitions(fact, context) : {}),
    },
  }
}

function onPartitions({ payload: { partitions } }: Fact<'trigger'>, { dialect }: WriteContext): { readonly partitions?: object } {
  if (partitions === undefined) return {}
  const named = Object.entries(partitions).map(([table, state]) => {
    const { schema, name } = parseFactId(table)
    return [schema === dialect.defaultSchema ? name : `${schema}.${name}`, state] as const
  })
  return { partitions: Object.fromEntries(named.sort()) }
}

export const triggerValue: Write<'trigger'> = onTable
export const ruleValue: Write<'rule'> = onTable

export const statisticsValue: Write<'statistics'> = (fact, context) => {
  const { definition, target, comment } = fact.payload
  const { key, named } = keyed(fact, fact.schema, context)
  const value = {
    ...named,
    ...home(fact.schema, context),
    ...doc(comment),
    sql: definition,
    ...(target === undefined ? {} : { target: Number(target) }),
  }
  return { key, value }
}

export const publicationValue: Write<'publication'> = (fact) => {
  const { allTables, tables, schemas, options, comment } = fact.payload
  const value = {
    ...doc(comment),
    ...(allTables ? { allTables } : {}),
    ...(tables.length === 0
      ? {}
      : { tables: tables.map((each) => (each.columns === undefined && each.where === undefined ? each.table : each)) }),
    ...(schemas.length === 0 ? {} : { schemas }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  }
  return { key: fact.name, value }
}

export const eventTriggerValue: Write<'eventTrigger'> = (fact) => {
  const { event, function: called, tags, enabled, comment } = fact.payload
  const value = {
    ...doc(comment),
    on: event,
    function: called,
    ...(tags.length === 0 ? {} : { tags }),
    ...(enabled === undefined ? {} : { enabled }),
  }
  return { key: fact.name, value }
}

export const objectValue: Write<'object'> = (fact, context) => {
  const { definition, options, version, comment, columns } = fact.payload
  // The key says what it is, and is read aloud better with the schema behind it.
  const twice = sharesName(context.facts, fact)
  const value = {
    ...(twice ? { name: fact.name } : {}),
    ...(fact.schema === '' ? {} : home(fact.schema, context)),
    ...doc(comment),
    sql: definition,
    ...(version === undefined ? {} : { version }),
    ...(options === undefined ? {} : { options }),
    ...(columns === undefined ? {} : { columns }),
  }
  return { key: twice ? `${fact.name} of ${fact.schema}` : fact.name, value }
}
