import { closestName } from '@yama/core'
import type { OperationContext } from '../contract/operation.ts'
import { schemaErrors } from '../errors/errors.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { objectId } from '../facts/fact-id.ts'
import type { Fact, FactKind } from '../facts/fact.ts'

/** Schema and name of what a file calls `users` or `blog.posts`. */
export function qualifiedName(
  name: string,
  { base, dialect }: OperationContext,
  kind: FactKind,
): { readonly schema: string; readonly name: string } {
  const dot = name.indexOf('.')
  if (dot < 1 || base.facts.has(objectId(kind, dialect.defaultSchema, name))) return { schema: dialect.defaultSchema, name }
  return { schema: name.slice(0, dot), name: name.slice(dot + 1) }
}

/** The table, view, enum, … of that name; throws YAMA_OPERATION_NOT_FOUND with the nearest name. */
export function findObject<K extends FactKind>(kind: K, name: string, context: OperationContext): Fact<K> {
  const place = qualifiedName(name, context, kind)
  const fact = context.base.facts.get(objectId(kind, place.schema, place.name))
  if (fact !== undefined) return fact as unknown as Fact<K>
  throw notFound(
    `${kind} ${name}`,
    name,
    [...context.base.facts.values()].filter((one) => one.kind === kind).map((one) => one.name),
    context,
  )
}

/** The column, constraint or index of that name in the table; throws YAMA_OPERATION_NOT_FOUND with the nearest name. */
export function findMember<K extends 'column' | 'constraint' | 'index'>(
  kind: K,
  table: Fact<'table'>,
  name: string,
  context: OperationContext,
): Fact<K> {
  const members = childrenOfKind(context.base, table.id, kind)
  const fact = members.find((one) => one.name === name)
  if (fact !== undefined) return fact
  throw notFound(
    `${kind} ${name} in table ${table.name}`,
    name,
    members.map((one) => one.name),
    context,
  )
}

export function notFound(object: string, name: string, known: readonly string[], { step }: OperationContext): Error {
  const meant = closestName(name, known)
  return schemaErrors.YAMA_OPERATION_NOT_FOUND(
    { operation: step.name, object, suggestion: meant === undefined ? '' : ` Did you mean ${meant}?` },
    { position: step.position },
  )
}
