import type { HistoryState } from '../contract/history.ts'
import type { Step } from '../contract/migration.ts'
import type { CommitGroup, Plan } from '../contract/plan.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { sha256Hex, sha256HexOf } from '../hash/sha256.ts'
import { presentRows } from './compare-history.ts'

/** Hash of what is in the database: ids, states and meanings. Any change of it makes a plan stale. */
export function appliedHash(history: HistoryState): string {
  const lines = presentRows(history).map((row) => `${row.id} ${row.status} ${row.semanticHash}`)
  return sha256Hex(lines.sort().join('\n')).slice(0, 16)
}

/** A function cannot be read; its migration's link stands for it. */
const stepText = (step: Step): string => {
  if (step.kind === 'sql') return step.text
  const { position: _, ...content } = step
  return canonicalJson(content)
}

/**
 * The digest that a person confirms: 16 hex digits over database, environment, project, what is applied, and each
 * migration's id, direction, link and SQL. Forecasts, row counts, time and host are not in it.
 *
 * @example planDigest(plan) === plan.digest
 */
export function planDigest(plan: Omit<Plan, 'digest' | 'diagnostics' | 'losses' | 'target'>): string {
  return sha256HexOf(linesOf(plan)).slice(0, 16)
}

function* linesOf(plan: Omit<Plan, 'digest' | 'diagnostics' | 'losses' | 'target'>): Generator<string> {
  const { format, databaseId, environment, project } = plan
  yield canonicalJson({ format, databaseId, environment, project, applied: plan.appliedHash })
  for (const { node, direction, groups } of plan.migrations) {
    // As a list of the three would be written, without the list: there may be a hundred thousand of them.
    yield `\n[${JSON.stringify(node.migration.id)},"${direction}",${JSON.stringify(node.link)}]${groupsText(groups)}`
  }
  for (const { event, file, groups } of plan.hooks ?? []) yield `\n${JSON.stringify([event, file])}${groupsText(groups)}`
}

function groupsText(groups: readonly CommitGroup[]): string {
  let text = ''
  for (const group of groups) {
    // One text has one JSON form, so the fast writer is canonical here; its quotes keep lines apart.
    text += group.transactional ? '\ntogether' : '\nalone'
    for (const { step } of group.steps) text += `\n${JSON.stringify(stepText(step))}`
  }
  return text
}
