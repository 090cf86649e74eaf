import type { Connection, DatabaseKind, Dialect, Diagnostic } from '@yama/core'
import type { Action } from './action.ts'
import type { AlterDelta, AnyDelta, Delta } from './delta.ts'
import type { FactBase, FactId, FactKind, Unmanaged } from '../facts/fact.ts'
import type { PortDialect } from './port-dialect.ts'
import type { TypeMapping } from './type-mapping.ts'

/** What is looked at: one function of it decides in extract, difference, proof and apply alike. */
export interface Scope {
  /** Managed schemas; empty means the dialect's default (`public` and every other user schema on PostgreSQL). */
  readonly schemas: readonly string[]
  /** Glob patterns over `schema.name`. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** What a rule may look at besides its delta. */
export interface RuleContext {
  readonly before: FactBase
  readonly after: FactBase
  readonly deltas: ReadonlyMap<FactId, readonly AnyDelta[]>
  readonly server: { readonly kind: DatabaseKind; readonly major: number; readonly version: string }
  /** Facts which depend on the given one, in the base asked. */
  dependents(id: FactId, base: 'before' | 'after'): readonly FactId[]
  /** Columns, constraints and indexes of a table, in order of position. */
  children<K extends FactKind>(table: FactId, kind: K, base: 'before' | 'after'): readonly import('../facts/fact.ts').Fact<K>[]
  /** True where the fact is added (or dropped) in this difference. */
  isAdded(id: FactId): boolean
  isDropped(id: FactId): boolean
  /** True where the fact is dropped and made again in this difference, because of itself or of something it depends on. */
  isReplaced(id: FactId): boolean
  /** True where an action of an earlier rule already produces the fact: `CREATE TABLE` its columns. */
  isClaimed(id: FactId): boolean
}

/**
 * A delta of one kind → atomic actions. What the engine promises to every rule, so that rules stay short:
 *
 * - Kinds are asked in the order in which things are made: schema, extension, types, sequence, table, column, constraint, index,
 *   function, view, then what sits on them.
 * - **Adds.** A table's rule emits `CREATE TABLE` with its columns and those constraints that it can inline, and lists all of
 *   them in `produces` (`inlineChildren(table, context, inlines)` collects them). The rule of a fact that an earlier action
 *   produces is **not called**: a column's rule only sees columns added to a table that stays.
 * - **Drops.** The rule of a fact whose parent is dropped is **not called**; the engine adds it to the `destroys` of the action that
 *   destroys the parent. Exception: a foreign key between dropped tables that refer to each other in a circle is dropped by
 *   itself first, unless the dialect says `foreignKeysInline`. So do not test `isDropped(parent)` in a rule. A fact that an
 *   earlier action already lists in `destroys` is not asked for either.
 * - **Renames** run before everything else. `delta.from` stands under its already renamed parent, `delta.to` is final.
 *   `[]` is an answer: the name follows by itself. Every other delta speaks about the state after the renames.
 * - **Replacement.** Where `SchemaDialect.replaces` says so, an `alter` is given as `drop` and `add`.
 * - `consumes` and `releases` need only what the facts do not say: parents, `dependsOn`, a constraint's or index's columns
 *   and a foreign key's target are ordered by the engine, for adds, drops and alters.
 * - Actions returned by one call keep their order. `because` is about the delta's fact.
 * - Every added fact must be produced and every dropped one destroyed by some action after the strategies; otherwise the plan is
 *   refused with YAMA_SCHEMA_RULE_INCOMPLETE. An `alter` may return `[]` where another action covers it.
 */
export type Rule<K extends FactKind> = (delta: Delta<K>, context: RuleContext) => readonly Action[]
export const NOT_SUPPORTED = 'not-supported' as const
/** Forgetting a kind does not compile; NOT_SUPPORTED is an answer and refuses with YAMA_SCHEMA_UNSUPPORTED. */
export type RuleRegistry = { readonly [K in FactKind]: Rule<K> | typeof NOT_SUPPORTED }

/** Rewrites the actions of a difference into a sequence that is safer or possible. */
export interface Strategy {
  readonly name: string
  apply(actions: readonly Action[], context: RuleContext): readonly Action[]
}

/** What has to be dropped before, and made again after, an alter. */
export interface Replacement {
  /** The fact itself cannot be altered in place: it is dropped and made again, and so is everything that depends on it. */
  readonly self: boolean
  /** Facts that the server does not let stand while this one is altered (views on a column whose type changes); what depends on them follows. */
  readonly dependents: readonly FactId[]
  /** Tables that are made anew as well, because the rules of the dialect carry their rows over. */
  readonly tables?: readonly FactId[]
}

export interface ScratchOptions {
  /** Major version wanted, where the target is known. */
  readonly major?: number
  readonly devUrl?: string
  /** A server on which a throw-away database may be made; never one marked production. */
  readonly allowUrl?: string
  /** True: migrations may also change other databases, the server, files and what other servers do; else that is refused with YAMA_SCRATCH_OUTSIDE. */
  readonly outside?: boolean
  /** SQL run first: what the host provides. Invisible to extraction. */
  readonly setup: readonly string[]
  readonly signal?: AbortSignal
}

/** A throw-away database. Disposing it removes everything it made. */
export interface Scratch extends AsyncDisposable {
  readonly connection: Connection
  /** For people: `PostgreSQL 15.18, throw-away cluster from local binaries`. */
  readonly description: string
  /** True where version or extensions may differ from the target. */
  readonly advisory: boolean
  /** Objects that setup made; extraction leaves them out. */
  readonly hidden: FactBase | undefined
  /** A second, equal empty scratch (with setup run), cheap where the server can. */
  another(): Promise<Scratch>
}

/** What is compared only where entities state it. */
export interface OnRequest {
  /** The role that asks: what it makes belongs to it. */
  readonly user: string
  /** The role that owns an object, by the object's id; the schema `public` among them. */
  readonly owners: ReadonlyMap<FactId, string>
  /** Installed versions of extensions, by their id. */
  readonly versions: ReadonlyMap<FactId, string>
}

/** What `@yama/schema` needs of a dialect, at `dialect.extensions.schema`. */
export interface SchemaDialect {
  readonly kind: DatabaseKind
  /** The schema that unqualified names of entities mean: `public`, `''` on SQLite. */
  readonly defaultSchema: string
  readonly types: TypeMapping
  /** What it knows of schemas that come from, or go to, another database; without it `yama port` refuses the dialect. */
  readonly port?: PortDialect
  readonly rules: RuleRegistry
  readonly strategies: readonly Strategy[]
  /**
   * Asked for every `alter`, before the rules. Undefined: in place, touching nothing else (the default).
   * Tables and plain columns are never replaced because of something else: that is refused, for it would lose rows.
   */
  replaces?(delta: AlterDelta, context: RuleContext): Replacement | undefined
  /**
   * What has to go and come again although no change of its own says so: tables that the server cannot change, and what holds on to a type which one of
   * another kind replaces.
   */
  madeAnew?(context: RuleContext): readonly FactId[]
  /** True where a table cannot have two columns whose names differ in upper and lower case alone: the one is the other, renamed. */
  readonly columnsIgnoreCase?: boolean
  /** The same of tables (SQLite). */
  readonly tablesIgnoreCase?: boolean
  /** True where foreign keys live only inside `CREATE TABLE` and may name tables that do not exist yet (SQLite). */
  readonly foreignKeysInline?: boolean
  /** True where a constraint whose name is written down gets another one only with its whole table (SQLite). */
  readonly constraintNamesStay?: boolean
  /** True where a foreign key that no index serves gets one from the server, which has the key's name (MySQL, MariaDB). */
  readonly foreignKeysIndexed?: boolean
  /** Set-based: a constant number of queries, however many tables. */
  extract(connection: Connection, scope: Scope): Promise<FactBase>
  scratch(options: ScratchOptions): Promise<Scratch>
  /** Removes every object that the scope names, for `reset` and scratch reuse. */
  clear(connection: Connection, scope: Scope): Promise<void>
  /** Takes every row out of tables, children first, where a plain DELETE stumbles over keys that point to nothing (SQLite). */
  emptyTables?(connection: Connection, tables: readonly string[]): Promise<void>
  /**
   * Makes the session forget what it prepared, where a trigger that ran before a column got another type is refused after it (PostgreSQL). A proof
   * asks for it before Up and before Down, which a user runs in sessions that wrote no rows before.
   */
  forgetPlans?(connection: Connection): Promise<void>
  /**
   * Where the server keeps the rows of each table: another value after a statement means that it wrote the table anew. A proof finds rewrites
   * that no action states with it. Absent: it cannot be told.
   */
  storage?(connection: Connection): Promise<ReadonlyMap<FactId, string>>
  /**
   * Routines whose body the server would refuse if they were made again now: what they name is gone or has changed. Nothing in the database
   * changes. Absent: the server looks into no body.
   */
  refusedBodies?(connection: Connection, scope: Scope): Promise<ReadonlySet<FactId>>
  /** Owners and versions, in a constant number of queries. Absent: the server has no owners. */
  onRequest?(connection: Connection, scope: Scope): Promise<OnRequest>
  /** Quoted identifier, only where it needs quotes. */
  quote(name: string): string
  /** Names the server gives when none is stated, so that `pull` writes only names that differ. */
  defaultName(kind: 'primary' | 'unique' | 'foreign' | 'check' | 'index' | 'exclusion', table: string, columns: readonly string[]): string
  /** Longest identifier in bytes, or in what `identifierUnit` says. */
  readonly identifierLimit: number
  readonly identifierUnit?: 'characters'
}

declare module '@yama/core' {
  interface DialectExtensions {
    schema: SchemaDialect
  }
}

/** Where the desired schema comes from and where `pull` writes it. */
export interface EntitySource {
  load(context: EntityContext): Promise<EntityLoad>
  /** What the same files say about these facts for another database; absent where they cannot. */
  elsewhere?(context: EntityContext, kind: DatabaseKind): Promise<StatedElsewhere>
  /** Writes facts as entities; keeps files, comments and order of what is there. Returns the files written. */
  write(facts: FactBase, context: EntityContext): Promise<readonly string[]>
}
export interface EntityContext {
  readonly dialect: SchemaDialect
  /**
   * What the server makes of facts as entities state them (executed in a scratch database, extracted). With it `write` keeps
   * every text that means what the database has; without it, texts are compared as written.
   */
  readonly canonical?: (desired: FactBase) => Promise<FactBase>
  /** Owners and versions of extensions are written also where the files do not state them. */
  readonly onRequest?: boolean
}
export interface EntityLoad {
  /** Not canonical yet: executed in a scratch database and extracted before it is compared. */
  readonly desired: FactBase
  readonly diagnostics: readonly Diagnostic[]
  /** Who is responsible for an object, as the files say. Absent where they cannot. */
  readonly owners?: ReadonlyMap<FactId, string>
}
/** Facts that another database does not get, and those that it gets in words of its own. */
export interface StatedElsewhere {
  readonly skipped: ReadonlySet<FactId>
  readonly settled: ReadonlySet<FactId>
}
export type { Dialect, Unmanaged }
