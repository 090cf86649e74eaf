import type { CommitGroup, Plan, PlannedStep } from '@yama/core'
import type { Paint } from './paint.ts'

/** A plan for people: each migration, its statements, what they lock and lose, and the digest. */
export function renderPlan(plan: Plan, color: Paint): string {
  if (plan.migrations.length === 0) return 'Nothing to run.'
  const parts = plan.migrations.map(({ node, direction, groups, fromHistory }) => {
    const { migration } = node
    const title = `${direction === 'up' ? color.green('▲ up  ') : color.yellow('▼ down')} ${color.bold(migration.name)}  ${color.dim(`${migration.id} · ${migration.phase}${fromHistory ? ' · from the stored text' : ''}`)}`
    return [title, ...groups.flatMap((group) => renderGroup(group, color))].join('\n')
  })
  const losses = plan.losses.map(
    (loss) =>
      `  ${loss.loss === 'certain' ? color.red('loses') : color.yellow('may lose')} ${loss.what} ${color.dim(`(${loss.migration})`)}`,
  )
  return [
    ...parts,
    '',
    ...(losses.length === 0 ? [] : ['Data:', ...losses, '']),
    `${plan.migrations.length} migration(s), digest ${color.bold(plan.digest)}`,
  ].join('\n')
}

function renderGroup(group: CommitGroup, color: Paint): readonly string[] {
  const note = group.transactional ? [] : [color.yellow('   outside a transaction:')]
  return [...note, ...group.steps.map((step) => renderStep(step, color))]
}

function renderStep({ step, effect }: PlannedStep, color: Paint): string {
  if (step.kind !== 'sql') return `   ${color.dim(`[${step.kind}]`)}`
  const notes = [
    effect?.lock === undefined ? '' : `lock ${effect.lock}`,
    effect?.rewrites === true ? 'rewrites the table' : '',
    effect?.loss === 'certain' ? `loses ${effect.loses ?? 'data'}` : '',
  ].filter((note) => note !== '')
  const sql = `${step.text};`.replaceAll(/^/gm, '   ')
  return notes.length === 0 ? sql : `${sql}\n   ${color.dim(`-- ${notes.join(' · ')}`)}`
}
