import type { AnyFact, Fact, FactBase, FactId, FactKind, FactPayloads } from './fact.ts'

/** New names for what a payload may mention. */
export interface NewNames {
  /** The id that a fact of this id has now. */
  id(id: FactId): FactId
  /** The name that a column of this table (its old id) has now. */
  column(table: FactId, name: string): string
  /** A type, expression or query with the renamed objects, and the renamed columns of the given tables, written anew. */
  text(sql: string, tables: readonly FactId[]): string
}

/** A base with the way from a table to its facts. */
export interface FactScope {
  readonly base: FactBase
  children(parent: FactId): readonly AnyFact[]
}

/** What the engine needs to know of a kind and cannot read from its type. One per fact kind, beside its payload. */
export interface KindFile<K extends FactKind> {
  /** The payload with every name in it that a rename touches. Same object where none is. */
  rename(fact: Fact<K>, names: NewNames): FactPayloads[K]
  /** Facts that the payload names, besides parent and `dependsOn`. Those not in the base are left out by the caller. */
  mentions(fact: Fact<K>, scope: FactScope): readonly FactId[]
  /** What is wrong with the fact on every database, as sentences. */
  check(fact: Fact<K>, scope: FactScope): readonly string[]
}
