import {
  definePlugin,
  isDown,
  YamaError,
  type Diagnostic,
  type Plan,
  type Plugin,
  type RunReport,
  type Target,
  type Yama,
} from '@yama/core'
import { backupPlugin } from '../backup/backup-plugin.ts'
import { confirmLoss } from '../output/confirm-loss.ts'
import { header } from '../output/header.ts'
import type { DriftWatch } from '../drift/drift-plugin.ts'
import { planData } from '../output/plan-data.ts'
import { renderPlan } from '../output/render-plan.ts'
import { progress } from '../output/progress.ts'
import type { CliContext } from './cli-context.ts'
import type { CommandOutcome } from './command.ts'
import { text } from './option-values.ts'
import { snapshotPlugin } from './snapshot-plugin.ts'
import type { OpenDatabase } from './open-database.ts'
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
  const database = await context.database()
  const { config } = await context.project()
  const functions =
    config.historyFunctions === true ? [(await import('./history-functions-plugin.ts')).historyFunctionsPlugin(context, database)] : []
  const backup = await backupPlugin(context, options['backup'] === true ? true : text(options['backup']))
  const drift = config.drift === 'check' ? await watchDrift(context, database, target, text(options['allowDrift'])) : undefined
  const extra = [
    watch,
    ...(drift === undefined ? [] : [drift.plugin]),
    ...functions,
    snapshotPlugin(database, drift?.settled),
    ...(backup === undefined ? [] : [backup]),
  ]
  try {
    const yama = await openWithOptions(context, options, extra, { mustExist: !isDown(target) })
    if (options['dryRun'] === true) {
      const plan = await yama.plan(target)
      const shown = `${await header(context, await yama.server())}\n${renderPlan(plan, context.color)}`
      return { data: { ...planData(plan), dryRun: true }, text: shown, diagnostics: plan.diagnostics }
    }
    const { plan, report } = await planAndApply(context, yama, target, text(options['confirm']))
    bar.stop()
    if (report === undefined) return await nothing(context, yama, target, plan)
    // What was just left half-done shall not be found by the next deployment.
    const found = (await yama.examine()).map((diagnostic): Diagnostic => ({ ...diagnostic, severity: 'warning' }))
    return outcome(context, plan, { ...report, diagnostics: [...report.diagnostics, ...found] })
  } finally {
    bar.stop()
  }
}

async function watchDrift(context: CliContext, database: OpenDatabase, target: Target, allow: string | undefined): Promise<DriftWatch> {
  const { driftWatch } = await import('../drift/drift-plugin.ts')
  return driftWatch(context, database, { blocks: !isDown(target), ...(allow === undefined ? {} : { allow }) })
}

interface Applied {
  readonly plan: Plan
  /** Undefined where there was nothing to run. */
  readonly report?: RunReport
}

/** Plans and applies. Where another run came before, and nobody confirmed this very plan, it is planned again. */
async function planAndApply(context: CliContext, yama: Yama, target: Target, given: string | undefined): Promise<Applied> {
  for (;;) {
    // What cannot go on rejects here, so that an open run is not planned again for ever.
    const plan = await yama.plan(target)
    if (plan.migrations.length === 0) return { plan }
    context.note(await header(context, await yama.server()))
    const confirm = await confirmLoss(context, plan, given)
    try {
      const report = await yama.apply(plan, { signal: context.signal, ...(confirm === undefined ? {} : { confirm }) })
      return { plan, report }
    } catch (error) {
      // Counted targets (`--steps 1`) would run one more: only what names its end is the same wish again.
      if (given !== undefined || isCounted(target) || !isOvertaken(error)) throw error
      context.note('another run was faster; planning again')
    }
  }
}

const isCounted = (target: Target): boolean =>
  'recover' in target ||
  'upSteps' in target ||
  'down' in target ||
  ('up' in target && /^[+-]\d/.test(target.up)) ||
  ('downTo' in target && target.downTo.startsWith('-'))

/** Another run has applied something since the plan was made, or died in the middle of a migration: the same wish needs another plan. */
const isOvertaken = (error: unknown): boolean =>
  YamaError.is(error) &&
  ((error.code === 'YAMA_PLAN_STALE' && typeof error.data === 'object' && error.data !== null && 'done' in error.data) ||
    error.code === 'YAMA_RUN_OPEN')

async function nothing(context: CliContext, yama: Yama, target: Target, plan: Plan): Promise<CommandOutcome> {
  const heads = plan.heads ?? []
  const at = heads.length === 0 ? 'the start' : heads.map(({ name }) => name).join(', ')
  const waits = plan.diagnostics.some(({ code }) => code === 'YAMA_PLAN_PHASE')
  return {
    data: { ...planData(plan), applied: [], reverted: [], heads: heads.map(({ id }) => id) },
    text: `${await header(context, await yama.server())}\n0 ${isDown(target) ? 'reverted' : 'applied'}: ${waits ? 'what is pending waits for another phase; ' : 'already '}at ${at}`,
    exitCode: waits && 'up' in target && target.up !== 'latest' ? 2 : 0,
    reason: waits ? 'waits for another phase' : 'no changes',
    diagnostics: plan.diagnostics,
  }
}

function outcome(context: CliContext, plan: Plan, report: RunReport): CommandOutcome {
  const { runId, applied, reverted, durationMs } = report
  return {
    data: { digest: plan.digest, runId, applied, reverted, durationMs: Math.round(durationMs) },
    text: summary(plan, applied.length, reverted.length, durationMs, context),
    diagnostics: report.diagnostics,
  }
}

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
