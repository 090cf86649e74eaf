import { columnKind } from './column.ts'
import { compositeTypeKind } from './composite-type.ts'
import { constraintKind } from './constraint.ts'
import { defaultPrivilegeKind } from './default-privilege.ts'
import { domainKind } from './domain.ts'
import { enumKind } from './enum.ts'
import { eventTriggerKind } from './event-trigger.ts'
import { extensionKind } from './extension.ts'
import type { FactKind } from './fact.ts'
import { functionKind } from './function.ts'
import { grantKind } from './grant.ts'
import { indexKind } from './index-fact.ts'
import type { KindFile } from './kind-file.ts'
import { objectKind } from './object.ts'
import { ownerKind } from './owner.ts'
import { policyKind } from './policy.ts'
import { publicationKind } from './publication.ts'
import { rangeTypeKind } from './range-type.ts'
import { rowsKind } from './rows.ts'
import { ruleKind } from './rule.ts'
import { schemaKind } from './schema.ts'
import { sequenceKind } from './sequence.ts'
import { statisticsKind } from './statistics.ts'
import { tableKind } from './table.ts'
import { triggerKind } from './trigger.ts'
import { viewKind } from './view.ts'

/** The only list of the kinds; its order is the order in which things are made. */
export const kindFiles = {
  schema: schemaKind,
  extension: extensionKind,
  enum: enumKind,
  domain: domainKind,
  compositeType: compositeTypeKind,
  rangeType: rangeTypeKind,
  object: objectKind,
  sequence: sequenceKind,
  table: tableKind,
  column: columnKind,
  constraint: constraintKind,
  index: indexKind,
  rows: rowsKind,
  function: functionKind,
  view: viewKind,
  trigger: triggerKind,
  rule: ruleKind,
  policy: policyKind,
  statistics: statisticsKind,
  publication: publicationKind,
  eventTrigger: eventTriggerKind,
  grant: grantKind,
  defaultPrivilege: defaultPrivilegeKind,
  owner: ownerKind,
} satisfies { readonly [K in FactKind]: KindFile<K> }

export const KIND_ORDER = Object.keys(kindFiles) as readonly FactKind[]
const RANK = Object.fromEntries(KIND_ORDER.map((kind, rank) => [kind, rank])) as Readonly<Record<FactKind, number>>
export const kindRank = (kind: FactKind): number => RANK[kind]
