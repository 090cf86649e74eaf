import type { Migration, MigrationId } from './migration.ts'

/** A node of the graph: the migration with its resolved parents and its Merkle link. */
export interface GraphNode {
  readonly migration: Migration
  readonly parents: readonly MigrationId[]
  readonly children: readonly MigrationId[]
  /**
   * Hash of (semantic hash, sorted link hashes of the stated parents), 16 hex digits. Parents that follow from a file's
   * place are not in it: the same file keeps its link when a late file appears before it, and in every database.
   */
  readonly link: string
  /** Length of the longest path from a root; nodes of one level do not depend on each other. */
  readonly level: number
}

/** Immutable, synchronous, built once from a list of migrations; every answer is deterministic. */
export interface MigrationGraph {
  readonly size: number
  get(id: MigrationId): GraphNode | undefined
  /** Nodes without parents. */
  roots(): readonly MigrationId[]
  /** Nodes without children. */
  heads(): readonly MigrationId[]
  ancestors(id: MigrationId): ReadonlySet<MigrationId>
  descendants(id: MigrationId): ReadonlySet<MigrationId>
  /** The given nodes and everything they need. */
  closure(ids: Iterable<MigrationId>): ReadonlySet<MigrationId>
  /** One topological order; ties by natural numeric order of the version, then id by code unit. */
  order(): readonly GraphNode[]
  /** Levels whose nodes may run in parallel, in order. */
  levels(): readonly (readonly GraphNode[])[]
}

/** Where migrations come from. */
export interface Source {
  readonly name: string
  /** Rejects with a YAMA_SOURCE_… code naming file, line and column. */
  load(signal?: AbortSignal): Promise<readonly Migration[]>
}
