import type { CommitGroup, HookEvent, Migration, Plan, PlannedStep, Resume, Reversibility } from '@yama/core'
import type { Paint } from './paint.ts'

/** A plan for people: each migration, its statements, what they lock and lose, and the digest. */
export function renderPlan(plan: Plan, color: Paint): string {
  if (plan.migrations.length === 0) return 'Nothing to run.'
  const parts = plan.migrations.map(({ node, direction, groups, fromHistory, resume }) => {
    const { migration } = node
    const way = direction === 'up' ? ` · ${wayBack(migration)}` : ''
    const title = `${direction === 'up' ? color.green('▲ up  ') : color.yellow('▼ down')} ${color.bold(migration.name)}  ${color.dim(`${migration.id} · ${migration.phase}${fromHistory ? ' · from the stored text' : ''}${way}`)}`
    const stated = direction === 'up' ? migration.reversibility : undefined
    const open = resume === undefined ? [] : [color.yellow(`   ${goesOn(resume)}`)]
    return [title, ...open, ...renderGroups(groups, color, stated)].join('\n')
  })
  const around = (events: readonly HookEvent[]): readonly string[] =>
    (plan.hooks ?? [])
      .filter(({ event }) => events.includes(event))
      .map(({ event, file, groups }) =>
        [`${color.cyan('◆ hook')} ${color.bold(event)}  ${color.dim(file)}`, ...renderGroups(groups, color, undefined)].join('\n'),
      )
  const losses = plan.losses.map(
    (loss) =>
      `  ${loss.loss === 'certain' ? color.red('loses') : color.yellow('may lose')} ${loss.what} ${color.dim(`(${loss.migration})`)}`,
  )
  return [
    ...around(['before-run']),
    ...parts,
    ...around(['after-run', 'on-error']),
    '',
    ...(losses.length === 0 ? [] : ['Data:', ...losses, '']),
    `${plan.migrations.length} migration(s), digest ${color.bold(plan.digest)}`,
  ].join('\n')
}

/** What an earlier run has left of it. */
function goesOn({ steps, found }: Resume): string {
  const done = steps === 0 ? 'an earlier run did not end' : `an earlier run did not end: ${steps} statement(s) are done`
  return found === undefined ? `${done}; what is left:` : `${done}; statement ${found.row.n + 1}: ${found.why}; what is left:`
}

/** What the file says of its Down; one that was written by hand says nothing. */
function wayBack({ elsewhere, adopted, repeatable, down, metadata, reversibility }: Migration): string {
  if (elsewhere === true) return 'not for this database: nothing runs'
  if (adopted === true) return 'all it covers is here: recorded, nothing runs'
  if (repeatable !== undefined) return repeatable === 'always' ? 'repeatable, with every run' : 'repeatable, new or changed'
  if (reversibility !== undefined) return `way back: ${reversibility}`
  if (down !== undefined) return 'way back: as written in its Down'
  return metadata.commentedRollback === undefined ? 'way back: none' : 'way back: in comments'
}

/** Says what commits with what, where that is not all of it together. */
function renderGroups(groups: readonly CommitGroup[], color: Paint, stated: Reversibility | undefined): readonly string[] {
  const together = groups.every((group) => group.transactional)
  if (together && groups.length > 1)
    return [
      color.yellow('   each statement commits by itself, together with its record:'),
      ...groups.flatMap((group) => group.steps.map((step) => renderStep(step, color, stated))),
    ]
  return groups.flatMap((group, index) => {
    const steps = group.steps.map((step) => renderStep(step, color, stated))
    if (together || (!group.transactional && groups[index - 1]?.transactional === false)) return steps
    const next = groups.slice(index + 1).findIndex((other) => other.transactional)
    const alone = next === 0 || index === groups.length - 1
    const note = group.transactional
      ? 'in a transaction:'
      : alone
        ? 'outside a transaction:'
        : 'outside a transaction, each statement commits by itself:'
    return [color.yellow(`   ${note}`), ...steps]
  })
}

function renderStep({ step, effect, hook }: PlannedStep, color: Paint, stated: Reversibility | undefined): string {
  if (step.kind !== 'sql') return `   ${color.dim(`[${step.kind}]`)}`
  const notes = [
    hook === undefined ? '' : `hook ${hook}`,
    effect?.lock === undefined ? '' : `lock ${effect.lock}`,
    effect?.rewrites === true ? 'rewrites the table' : '',
    effect?.loss === 'certain'
      ? `loses ${effect.loses ?? 'data'}`
      : effect?.loss === 'possible'
        ? `may lose ${effect.loses ?? 'data'}`
        : '',
    // Where a whole is lossy, its statements that lose nothing can still be undone without loss.
    stated === undefined || effect?.class !== 'ddl'
      ? ''
      : `way back: ${effect.loss === 'none' && stated === 'lossy' ? 'lossless' : stated}`,
  ].filter((note) => note !== '')
  const sql = `${step.text};`.replaceAll(/^/gm, '   ')
  return notes.length === 0 ? sql : `${sql}\n   ${color.dim(`-- ${notes.join(' · ')}`)}`
}
