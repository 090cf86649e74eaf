import type { RuleRegistry } from '@yama/schema'
import { columnRule } from './column.ts'
import { compositeTypeRule } from './composite-type.ts'
import { constraintRule } from './constraint.ts'
import { defaultPrivilegeRule } from './default-privilege.ts'
import { domainRule } from './domain.ts'
import { enumRule } from './enum.ts'
import { eventTriggerRule } from './event-trigger.ts'
import { extensionRule } from './extension.ts'
import { functionRule } from './function.ts'
import { grantRule } from './grant.ts'
import { indexRule } from './index.ts'
import { objectRule } from './object.ts'
import { ownerRule } from './owner.ts'
import { policyRule } from './policy.ts'
import { publicationRule } from './publication.ts'
import { rangeTypeRule } from './range-type.ts'
import { rowsRule } from './rows.ts'
import { ruleRule } from './rule.ts'
import { schemaRule } from './schema.ts'
import { sequenceRule } from './sequence.ts'
import { statisticsRule } from './statistics.ts'
import { tableRule } from './table.ts'
import { triggerRule } from './trigger.ts'
import { viewRule } from './view.ts'

/** What PostgreSQL says to a change, per kind. */
export const rules: RuleRegistry = {
  schema: schemaRule,
  extension: extensionRule,
  enum: enumRule,
  domain: domainRule,
  compositeType: compositeTypeRule,
  rangeType: rangeTypeRule,
  object: objectRule,
  sequence: sequenceRule,
  table: tableRule,
  column: columnRule,
  constraint: constraintRule,
  index: indexRule,
  rows: rowsRule,
  function: functionRule,
  view: viewRule,
  trigger: triggerRule,
  rule: ruleRule,
  policy: policyRule,
  statistics: statisticsRule,
  publication: publicationRule,
  eventTrigger: eventTriggerRule,
  grant: grantRule,
  defaultPrivilege: defaultPrivilegeRule,
  owner: ownerRule,
}
