import type { YamaConfig } from '../contract/config.ts'
import type { Lock } from '../contract/dialect.ts'
import type { HistoryState, JsonValue } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { Plan } from '../contract/plan.ts'
import type { ApplyOptions, RunReport } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import type { Handler } from '../contract/hooks.ts'
import type { HookBus } from '../hooks/hook-bus.ts'
import { presentRows } from '../plan/compare-history.ts'
import { appliedHash, planDigest } from '../plan/plan-digest.ts'
import { refuseForeign, refuseHistory } from '../plan/refuse-plan.ts'
import { refusePooler } from '../plan/refuse-pooler.ts'
import type { StepRunner } from '../plugins/resolve-plugins.ts'
import { writeHistory, type ActiveRun } from './active-run.ts'
import { applyPlan } from './apply-plan.ts'
import type { Emit, Emitter } from './emitter.ts'
import { createJournal } from './journal.ts'
import { linkLookup } from './load-project.ts'
import { underLock, type Session } from './session.ts'

type RunSubject = Parameters<Handler<'run'>>[0]

export interface RunTools {
  readonly config: YamaConfig
  readonly session: Session
  readonly bus: HookBus
  readonly steps: ReadonlyMap<string, StepRunner>
  readonly emitter: Emitter
  readonly signal: AbortSignal
}

/** Checks, locks, checks again under the lock, runs, and reads back. */
export async function runPlan(tools: RunTools, plan: Plan, options: ApplyOptions): Promise<RunReport> {
  const { config, session, bus, steps, emitter, signal } = tools
  refuseUnconfirmed(plan, options, session.project)
  const startedAt = performance.now()
  if (plan.migrations.length === 0) return { runId: '', applied: [], reverted: [], durationMs: 0, diagnostics: plan.diagnostics }
  const { server } = (await session.open(signal)).connection
  if (server.pooler) refusePooler(plan, config.dialect, server.host)
  const report = await underLock(session, config, emitter.emit, signal, async ({ connection, history, state, lock, actor }) => {
    const resumed = plan.migrations.some(({ resume }) => resume !== undefined)
    ;(resumed ? refuseForeign : refuseHistory)(state, config.environment?.name)
    refuseStale(plan, state)
    let backend: Promise<JsonValue> | undefined
    const journal = createJournal(state, actor)
    const linkOf = linkLookup(
      plan.migrations.map(({ node }) => node),
      undefined,
      state,
    )
    const run: ActiveRun = {
      config,
      plan,
      connection,
      history,
      journal,
      bus,
      steps,
      signal,
      startedAt,
      linkOf,
      token: lock.token,
      emit: noting(lock, emitter.emit),
      ups: new Set(plan.migrations.filter(({ direction }) => direction === 'up').map(({ node }) => node.migration.id)),
      done: [],
      measured: new Map(),
      // A history without events has no earlier attempts.
      attempts: new Map(state.chainSeq === 0 ? plan.migrations.map(({ node }) => [node.migration.id, 1]) : []),
      keeper: undefined,
      failure: undefined,
      reason: options.reason,
      backend: async () => await (backend ??= config.dialect.probe?.backend(connection)),
    }
    const record: RunSubject['record'] = (type, payload) => writeHistory(run, [], [{ type, payload }])
    const result = await bus.run({ plan, connection, record, dialect: config.dialect, signal }, () => applyPlan(run))
    if (run.failure !== undefined) throw run.failure
    refuseIncomplete(plan, await history.applied())
    return result
  })
  const notices = emitter.failures.map((failure) => toDiagnostic(coreErrors.YAMA_PLUGIN_OBSERVER({ failure }), 'warning'))
  return { ...report, diagnostics: [...report.diagnostics, ...notices] }
}

/** Those who ask who holds the lock are told which migration runs. */
const noting =
  (lock: Lock, emit: Emit): Emit =>
  (event) => {
    if (event.type === 'migration:started') lock.note?.(event.name)
    return emit(event)
  }

function refuseUnconfirmed(plan: Plan, { confirm }: ApplyOptions, project: string): void {
  const { digest, losses } = plan
  if (planDigest(plan) !== digest) throw coreErrors.YAMA_PLAN_STALE({ what: 'the plan does not fit its own digest' })
  if (plan.project !== project) throw coreErrors.YAMA_PLAN_STALE({ what: `it was made for the project ${plan.project}` })
  if (confirm !== undefined && confirm !== digest) throw coreErrors.YAMA_CONFIRM_WRONG({ given: confirm, digest })
  if (losses.length === 0 || confirm === digest) return
  const what = [...new Set(losses.map((loss) => loss.what))]
  const shown = what.length > 5 ? `${what.slice(0, 5).join(', ')} and ${what.length - 5} more` : what.join(', ')
  throw coreErrors.YAMA_CONFIRM_NEEDED({ losses: shown, digest }, { data: { digest, losses } })
}

function refuseStale(plan: Plan, state: HistoryState): void {
  // A plan for a database without a history has no id to compare; that nothing is applied is part of its hash.
  if (plan.databaseId !== '' && plan.databaseId !== state.databaseId)
    throw coreErrors.YAMA_PLAN_STALE({ what: 'it was made for another database' })
  if (plan.appliedHash === appliedHash(state)) return
  const present = new Set(presentRows(state).map(({ id }) => id))
  const done = plan.migrations
    .filter(({ node, direction }) => present.has(node.migration.id) === (direction === 'up'))
    .map(({ node }) => node.migration.id)
  const what =
    done.length === 0
      ? 'the set of applied migrations is another one'
      : `another run has done ${done.slice(0, 5).join(', ')}${done.length > 5 ? ' and more' : ''}`
  throw coreErrors.YAMA_PLAN_STALE({ what }, { data: { done, fulfilled: done.length === plan.migrations.length } })
}

function refuseIncomplete(plan: Plan, applied: ReadonlySet<MigrationId>): void {
  const wrong = plan.migrations
    .filter(({ node, direction }) => applied.has(node.migration.id) !== (direction === 'up'))
    .map(({ node }) => node.migration.id)
  if (wrong.length > 0) throw coreErrors.YAMA_RUN_INCOMPLETE({ ids: wrong.slice(0, 10).join(', ') }, { data: wrong })
}
