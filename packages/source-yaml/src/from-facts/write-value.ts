import type { AnyFact, Fact, FactKind } from '@yama/schema'
import { sharesName } from './namesakes.ts'
import type { WriteContext } from './write-context.ts'

/** Kinds that are written as entries of a section, by name. */
export type WrittenKind =
  | 'extension'
  | 'schema'
  | 'sequence'
  | 'enum'
  | 'domain'
  | 'compositeType'
  | 'rangeType'
  | 'view'
  | 'function'
  | 'trigger'
  | 'rule'
  | 'statistics'
  | 'publication'
  | 'eventTrigger'
  | 'object'

/** An entry of a section. */
export interface Entry {
  readonly key: string
  readonly value: unknown
}

/** The entry's key and value; undefined where other entries bring the object along. */
export type Write<K extends FactKind> = (fact: Fact<K>, context: WriteContext) => Entry | undefined

export const home = (schema: string, { dialect }: WriteContext): { readonly schema?: string } =>
  schema === dialect.defaultSchema ? {} : { schema }
export const doc = (comment: string | undefined): { readonly doc?: string } => (comment === undefined ? {} : { doc: comment })

/** A key that no other entry of the section has, and the name where the key is not it. */
export function keyed(
  fact: Fact,
  qualifier: string,
  { facts }: WriteContext,
  sharing: readonly FactKind[] = [fact.kind],
): { readonly key: string; readonly named: { readonly name?: string } } {
  return sharesName(facts, fact as AnyFact, sharing)
    ? { key: `${qualifier}_${fact.name}`, named: { name: fact.name } }
    : { key: fact.name, named: {} }
}
