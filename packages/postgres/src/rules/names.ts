import { parseFactId, type AnyFact, type Fact, type FactId } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'

/** The qualified name of a table or view, from its id. */
export function objectName(id: FactId): string {
  const { schema, name } = parseFactId(id)
  return qualified(schema, name)
}

/** `public.add(integer, integer)`, as DROP and GRANT take it. */
export function functionName({ schema, name, payload }: Fact<'function'>): string {
  // One that an entity states without its arguments is the only one of its name.
  return `${qualified(schema, payload.name)}${name.includes('(') ? `(${payload.arguments})` : ''}`
}

/** The qualified name of the table of a column, constraint or index. */
export function tableOf(fact: AnyFact): string {
  return fact.parent === undefined ? qualified(fact.schema, fact.name) : objectName(fact.parent)
}

/** For titles: without quotes, and without the schema where it is `public`. */
export function spoken(fact: AnyFact): string {
  return fact.schema === '' || fact.schema === 'public' ? fact.name : `${fact.schema}.${fact.name}`
}

/** For titles: the table of a column, constraint or index. */
export function spokenTable(fact: AnyFact): string {
  const { schema, name } = parseFactId(fact.parent ?? fact.id)
  return schema === '' || schema === 'public' ? name : `${schema}.${name}`
}

export function columnList(columns: readonly string[]): string {
  return `(${columns.map(identifier).join(', ')})`
}
