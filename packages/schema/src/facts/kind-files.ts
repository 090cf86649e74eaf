import { columnKind } from './column.ts'
import { constraintKind } from './constraint.ts'
import { enumKind } from './enum.ts'
import { extensionKind } from './extension.ts'
import type { FactKind } from './fact.ts'
import { indexKind } from './index-fact.ts'
import type { KindFile } from './kind-file.ts'
import { schemaKind } from './schema.ts'
import { sequenceKind } from './sequence.ts'
import { tableKind } from './table.ts'
import { viewKind } from './view.ts'

/** The only list of the kinds; its order is the order in which things are made. */
export const kindFiles = {
  schema: schemaKind,
  extension: extensionKind,
  enum: enumKind,
  sequence: sequenceKind,
  table: tableKind,
  column: columnKind,
  constraint: constraintKind,
  index: indexKind,
  view: viewKind,
} satisfies { readonly [K in FactKind]: KindFile<K> }

export const KIND_ORDER = Object.keys(kindFiles) as readonly FactKind[]
const RANK = Object.fromEntries(KIND_ORDER.map((kind, rank) => [kind, rank])) as Readonly<Record<FactKind, number>>
export const kindRank = (kind: FactKind): number => RANK[kind]
