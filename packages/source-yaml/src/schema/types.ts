import type { output } from 'zod'
import type { entity, enumeration, sequence, view } from './entity-schema.ts'
import type { field, fieldObject } from './field-schema.ts'
import type { entityFile } from './file-schema.ts'
import type { constraint, foreignKey, index } from './member-schema.ts'

// Types only: whoever imports them does not load zod.
export type EntityFileData = output<typeof entityFile>
export type EntityData = output<typeof entity>
export type FieldData = output<typeof field>
export type FieldObject = output<typeof fieldObject>
export type IndexData = output<typeof index>
export type ForeignKeyData = output<typeof foreignKey>
export type ConstraintData = output<typeof constraint>
export type EnumData = output<typeof enumeration>
export type ViewData = output<typeof view>
export type SequenceData = output<typeof sequence>

/** Sections whose entries are objects beside tables, by name. */
export type ObjectSection =
  | 'domains'
  | 'types'
  | 'functions'
  | 'triggers'
  | 'rules'
  | 'statistics'
  | 'publications'
  | 'eventTriggers'
  | 'objects'
export type ObjectData<S extends ObjectSection> = NonNullable<EntityFileData[S]>[string]
export type GrantData = NonNullable<EntityFileData['grants']>[number]
export type OwnerData = NonNullable<EntityFileData['owners']>[number]
export type DefaultPrivilegeData = NonNullable<EntityFileData['defaultPrivileges']>[number]
