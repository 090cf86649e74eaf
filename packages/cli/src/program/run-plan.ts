import { definePlugin, type Plan, type Plugin, type Target } from '@yama/core'
import { confirmLoss } from '../output/confirm-loss.ts'
import { header } from '../output/header.ts'
import { planData } from '../output/plan-data.ts'
import { renderPlan } from '../output/render-plan.ts'
import { progress } from '../output/progress.ts'
import type { CliContext } from './cli-context.ts'
import type { CommandOutcome } from './command.ts'
import { text } from './option-values.ts'
import { snapshotPlugin } from './snapshot-plugin.ts'
import { openWithOptions } from './open-with-options.ts'

/** What `up` and `down` share: plan, show, confirm, apply, say what happened. */
export async function runPlan(context: CliContext, target: Target, options: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
  const bar = progress({ stream: process.stderr, color: context.color, quiet: context.globals.quiet || context.globals.json !== false })
  const watch: Plugin = definePlugin(() => ({
    name: 'yama:cli-progress',
    hooks: {
      event: (event) => {
        bar.event(event)
        context.emit(event)
      },
    },
  }))()
  try {
    const yama = await openWithOptions(context, options, [watch, snapshotPlugin(await context.database())])
    const plan = await yama.plan(target)
    const { environment } = await context.database()
    if (options['dryRun'] === true)
      return { data: planData(plan), text: `${await header(context)}\n${renderPlan(plan, context.color)}`, diagnostics: plan.diagnostics }
    if (plan.migrations.length === 0) {
      const heads = (await yama.status()).heads
      return {
        data: { ...planData(plan), applied: [], reverted: [], heads },
        text: `0 ${isDown(target) ? 'reverted' : 'applied'}: already at ${heads.length === 0 ? 'the start' : heads.join(', ')} (${environment.name})`,
        diagnostics: plan.diagnostics,
      }
    }
    context.note(await header(context))
    const confirm = await confirmLoss(context, plan, text(options['confirm']))
    const report = await yama.apply(plan, { signal: context.signal, ...(confirm === undefined ? {} : { confirm }) })
    bar.stop()
    return {
      data: {
        digest: plan.digest,
        runId: report.runId,
        applied: report.applied,
        reverted: report.reverted,
        durationMs: Math.round(report.durationMs),
      },
      text: summary(plan, report.applied.length, report.reverted.length, report.durationMs, context),
      diagnostics: [...plan.diagnostics, ...report.diagnostics],
    }
  } finally {
    bar.stop()
  }
}

const isDown = (target: Target): boolean => 'down' in target || 'downTo' in target

function summary(plan: Plan, applied: number, reverted: number, durationMs: number, context: CliContext): string {
  const { color } = context
  const shown = plan.migrations
    .slice(0, 50)
    .map(({ node, direction }) => `  ${direction === 'up' ? color.green('✓ applied ') : color.yellow('↩ reverted')} ${node.migration.name}`)
  const rest = plan.migrations.length > 50 ? [`  … and ${plan.migrations.length - 50} more`] : []
  const counts = [applied > 0 ? `${applied} applied` : '', reverted > 0 ? `${reverted} reverted` : '']
    .filter((part) => part !== '')
    .join(', ')
  return [...shown, ...rest, `${counts} in ${(durationMs / 1000).toFixed(durationMs < 10_000 ? 2 : 0)} s`].join('\n')
}
