import type { Diagnostic } from '@yama/core'
import type { ReviewDocument, Risk } from '../contract/review-document.ts'

const LEVELS: readonly Risk['level'][] = ['none', 'low', 'medium', 'high']

type Facts = Pick<ReviewDocument, 'migrations' | 'losses' | 'findings' | 'removed' | 'objects'>

/** How much attention a change needs, and why. `high`: data is lost, or it cannot go on as it is. */
export function assessRisk({ migrations, losses, findings, removed, objects }: Facts): Risk {
  const because: (readonly [Risk['level'], string])[] = []
  const count = (code: string): number => findings.filter((finding) => finding.code === code).length
  const errors = findings.filter(({ severity }: Diagnostic) => severity === 'error').length
  const certain = losses.filter(({ loss }) => loss === 'certain')
  const possible = losses.length - certain.length
  if (errors > 0) because.push(['high', errors === 1 ? 'a finding is an error' : `${errors} findings are errors`])
  if (count('YAMA_REVIEW_DRIFT') > 0) because.push(['medium', 'an environment was changed by hand where it is touched'])
  if (certain.length > 0) because.push(['high', `loses ${certain.map(({ what }) => what).join(', ')}`])
  if (removed.length > 0) because.push(['high', `${removed.length} migration(s) of the base are deleted`])
  if (possible > 0) because.push(['medium', possible === 1 ? 'a statement may lose data' : `${possible} statements may lose data`])
  const rewrites = count('YAMA_REVIEW_REWRITE')
  if (rewrites > 0) because.push(['medium', rewrites === 1 ? 'a table is rewritten' : `${rewrites} times a table is rewritten`])
  const stuck = count('YAMA_CHECK_NO_DOWN') + migrations.filter(({ reversibility }) => reversibility === 'irreversible').length
  if (stuck > 0) because.push(['medium', stuck === 1 ? 'a migration has no way back' : `${stuck} migrations have no way back`])
  const unread = count('YAMA_REVIEW_UNREAD')
  if (unread > 0) because.push(['medium', unread === 1 ? 'a step cannot be read' : `${unread} steps cannot be read`])
  const removes = objects.filter(({ does }) => does === 'removes')
  const named = new Set(removes.map(({ object }) => object))
  const needed = removes.filter(({ dependents }) => dependents.some((dependent) => !named.has(dependent)))
  if (needed.length > 0) because.push(['medium', `something depends on ${needed.map(({ object }) => object).join(', ')}`])
  const locks = count('YAMA_REVIEW_LOCK')
  if (locks > 0) because.push(['low', locks === 1 ? 'a table in use is locked' : `${locks} times a table in use is locked`])
  if (migrations.length > 0 && because.length === 0) because.push(['low', 'nothing is lost, rewritten or locked that is in use'])
  const level = Math.max(0, ...because.map(([each]) => LEVELS.indexOf(each)))
  return { level: LEVELS[level] ?? 'none', because: because.map(([, why]) => why) }
}
