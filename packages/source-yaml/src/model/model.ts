import type { DatabaseKind, SourcePosition } from '@yama/core'
import type { SchemaDialect } from '@yama/schema'
import type { Report } from '../errors/report.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import type { Path, SourceDocument } from '../read/source-document.ts'
import type {
  DefaultPrivilegeData,
  EntityData,
  GrantData,
  OwnerData,
  ObjectData,
  ObjectSection,
  SequenceData,
  ViewData,
} from '../schema/types.ts'
import type { Naming } from './naming.ts'

/** Something of a file, and where it stands. */
export interface Placed {
  readonly name: string
  readonly source: SourceDocument
  readonly path: Path
}

export interface FieldModel extends Placed {
  readonly spec: FieldSpec
}

export interface EntityModel extends Placed {
  readonly data: EntityData
  readonly schema: string
  readonly table: string
  readonly earlier: boolean
  /** Fields of this database that can be read, in order. */
  readonly fields: ReadonlyMap<string, FieldModel>
  /** Names of fields that are written but cannot be used: broken, or of other databases. Nothing complains about them twice. */
  readonly silent: ReadonlySet<string>
  /** True where an entry of `indexes:` was refused in part. */
  readonly brokenIndexes: boolean
  /** Fields of the primary key, in order. */
  readonly primary: readonly string[]
}

export interface EnumModel extends Placed {
  readonly values: readonly string[]
  readonly schema: string
  /** Name of the type, or of the lookup table. */
  readonly typeName: string
  readonly strategy: 'native' | 'check' | 'lookup'
  readonly renamed: Readonly<Record<string, string>>
  readonly was: readonly string[]
  readonly doc: string | undefined
}

export interface ViewModel extends Placed {
  readonly data: ViewData
  readonly schema: string
  readonly viewName: string
  readonly query: string
}

export interface SequenceModel extends Placed {
  readonly data: SequenceData
  readonly schema: string
  readonly sequenceName: string
}

/** An entry of a section of its own kind: a function, a trigger, a domain. */
export interface ObjectModel<S extends ObjectSection = ObjectSection> extends Placed {
  readonly data: ObjectData<S>
  /** The statement for this database, where the entry has one. */
  readonly sql: string
}

/** What an entry of `objects` is, as DROP takes it. */
export const objectName = ({ name, data }: ObjectModel<'objects'>): string => data.name ?? name

/** A portable type that the database has no exact counterpart of. */
export interface LossyUse {
  readonly key: string
  readonly field: string
  readonly type: string
  readonly native: string
  readonly loss: string
  readonly at: () => SourcePosition
}

/** All files of one directory as one database sees them. */
export interface Model {
  readonly kind: DatabaseKind
  readonly dialect: SchemaDialect
  readonly naming: Naming
  readonly report: Report
  readonly lossy: Set<LossyUse>
  readonly entities: ReadonlyMap<string, EntityModel>
  /** Names of entities that exist for other databases, or cannot be read. */
  readonly silentEntities: ReadonlySet<string>
  readonly enums: ReadonlyMap<string, EnumModel>
  readonly silentEnums: ReadonlySet<string>
  readonly views: ReadonlyMap<string, ViewModel>
  readonly sequences: readonly SequenceModel[]
  readonly objects: { readonly [S in ObjectSection]: readonly ObjectModel<S>[] }
  readonly grants: readonly (Placed & { readonly data: GrantData })[]
  readonly owners: readonly (Placed & { readonly data: OwnerData })[]
  readonly defaultPrivileges: readonly (Placed & { readonly data: DefaultPrivilegeData })[]
  readonly extensions: readonly (Placed & { readonly schema: string; readonly version?: string })[]
  readonly namespaces: readonly (Placed & { readonly doc: string | undefined; readonly was: readonly string[] })[]
}

export const words = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
