import type { SourcePosition } from '@yama/core'
import type { ColumnPayload } from './column.ts'
import type { CompositeTypePayload } from './composite-type.ts'
import type { ConstraintPayload } from './constraint.ts'
import type { DefaultPrivilegePayload } from './default-privilege.ts'
import type { DomainPayload } from './domain.ts'
import type { EnumPayload } from './enum.ts'
import type { EventTriggerPayload } from './event-trigger.ts'
import type { ExtensionPayload } from './extension.ts'
import type { FunctionPayload } from './function.ts'
import type { GrantPayload } from './grant.ts'
import type { IndexPayload } from './index-fact.ts'
import type { ObjectPayload } from './object.ts'
import type { OwnerPayload } from './owner.ts'
import type { PolicyPayload } from './policy.ts'
import type { PublicationPayload } from './publication.ts'
import type { RangeTypePayload } from './range-type.ts'
import type { RowsPayload } from './rows.ts'
import type { RulePayload } from './rule.ts'
import type { SchemaPayload } from './schema.ts'
import type { SequencePayload } from './sequence.ts'
import type { StatisticsPayload } from './statistics.ts'
import type { TablePayload } from './table.ts'
import type { TriggerPayload } from './trigger.ts'
import type { ViewPayload } from './view.ts'

/** Every kind that the model carries. Adding one breaks every dialect's rules until it answers. */
export interface FactPayloads {
  schema: SchemaPayload
  extension: ExtensionPayload
  enum: EnumPayload
  domain: DomainPayload
  compositeType: CompositeTypePayload
  rangeType: RangeTypePayload
  object: ObjectPayload
  sequence: SequencePayload
  table: TablePayload
  column: ColumnPayload
  constraint: ConstraintPayload
  index: IndexPayload
  rows: RowsPayload
  function: FunctionPayload
  view: ViewPayload
  trigger: TriggerPayload
  rule: RulePayload
  policy: PolicyPayload
  statistics: StatisticsPayload
  publication: PublicationPayload
  eventTrigger: EventTriggerPayload
  grant: GrantPayload
  defaultPrivilege: DefaultPrivilegePayload
  owner: OwnerPayload
}
export type FactKind = keyof FactPayloads

/** `kind:schema.name` or `kind:schema.table.name`; parts with `.`, `"` or `:` are double-quoted. See `fact-id.ts`. */
export type FactId = string

/** The one grain of a schema: everything that can be added, dropped or altered by itself. */
export interface Fact<K extends FactKind = FactKind> {
  readonly kind: K
  readonly id: FactId
  /** `''` where the database has no schemas (SQLite) . */
  readonly schema: string
  readonly name: string
  /** The table of a column, constraint, index, trigger, rule or policy; the object that privileges are on. */
  readonly parent?: FactId
  readonly payload: FactPayloads[K]
  /** Facts this one cannot exist without, besides its parent. */
  readonly dependsOn: readonly FactId[]
  /** Order among siblings as found; recorded, never hashed. */
  readonly position?: number
  /** Where an entity file states it; only in desired facts. */
  readonly origin?: SourcePosition
  /** Names it may have had before; only in desired facts. */
  readonly was?: readonly string[]
  /** Values of an enum, of a text column with a list of values, or of a lookup table, that had another name, old to new; only in desired facts. */
  readonly renamedValues?: Readonly<Record<string, string>>
  /** A routine whose body the server would refuse today, so that it is made unseen; only in desired facts and in those of a pull. */
  readonly unchecked?: true
  /** A materialized view that is made without being filled. What is in it is data: recorded, never hashed or compared. */
  readonly unfilled?: true
}
/** A fact whose kind narrows its payload. */
export type AnyFact = { [K in FactKind]: Fact<K> }[FactKind]

/** An object that the model does not carry, or which depends on one: named, never dropped, never ignored in silence. */
export interface Unmanaged {
  /** The server's word for it: `trigger`, `policy`, `function`, `column`. */
  readonly kind: string
  /** Qualified name. */
  readonly name: string
  readonly reason: string
  /** The table it sits on, where there is one. */
  readonly table?: FactId
  readonly dependsOn: readonly FactId[]
  /** The statement that would recreate it, where the server prints one. */
  readonly definition?: string
}

/** A schema as data. Ids are unique; every parent is present. */
export interface FactBase {
  /** Dialect, major version and format, `pg15:s1`; hashes compare only under equal tags. */
  readonly tag: string
  readonly facts: ReadonlyMap<FactId, AnyFact>
  readonly unmanaged: readonly Unmanaged[]
}
