import type { YamaConfig } from '../contract/config.ts'
import type { Connection } from '../contract/dialect.ts'
import type { HookContext } from '../contract/hooks.ts'
import type { Plan } from '../contract/plan.ts'
import type { Yama } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { auditHistory } from '../audit/audit-history.ts'
import { hookBus } from '../hooks/hook-bus.ts'
import { describeEdits } from '../plan/describe-edits.ts'
import { sealPlan } from '../plan/make-plan.ts'
import { refuseWithoutWayBack } from '../plan/plan-down.ts'
import { poolerObstacle } from '../plan/refuse-pooler.ts'
import { isOpen, refuseEnvironment } from '../plan/refuse-plan.ts'
import { readTags, resolveTargets } from '../plan/resolve-targets.ts'
import { resolvePlugins } from '../plugins/resolve-plugins.ts'
import { checkProject } from './check-project.ts'
import { examineDatabase } from './examine-database.ts'
import { createEmitter } from './emitter.ts'
import { loadMigrations, placeMigrations, projectStatus, type LoadedProject } from './load-project.ts'
import { planTarget, storedText } from './plan-target.ts'
import { recordBaseline, recordPin, recordReset, requireReason } from './record-changes.ts'
import { recordDrift } from './record-drift.ts'
import { recordRebuild } from './record-rebuild.ts'
import { recordRepair } from './record-repair.ts'
import { recordTag } from './record-tag.ts'
import { releaseLock } from './release-lock.ts'
import { refuseNeeds } from './refuse-needs.ts'
import { runPlan } from './run-plan.ts'
import { describeOpen } from './recover/describe-open.ts'
import { planRecovery, type RecoveryInput } from './recover/plan-recovery.ts'
import { createSession, underLock, type Locked } from './session.ts'

/**
 * One database of a project. Connects when it first must; close it with `await using` or `Symbol.asyncDispose`.
 * Files are read again by each call. Throws YAMA_PLUGIN_… where the plugins do not fit; everything else rejects later.
 *
 * @example
 * await using yama = createYama({ dialect: sqlite({ file: './dev.db' }), sources: [migrationFiles({ directory: 'migrations', root: '.', dialect })] })
 * const report = await yama.apply(await yama.plan({ up: 'latest' }))
 */
export function createYama(config: YamaConfig): Yama {
  const { plugins, steps, checks } = resolvePlugins(config.plugins)
  const { dialect } = config
  const bus = hookBus(plugins)
  const session = createSession(config)
  const contextFor = (signal: AbortSignal = new AbortController().signal): HookContext => ({ dialect, signal })

  const load = async (context: HookContext): Promise<Parameters<typeof placeMigrations>[0]> => loadMigrations(config, bus, context)
  const read = async (
    context: HookContext,
  ): Promise<{
    readonly project: ReturnType<typeof placeMigrations>
    readonly state: Parameters<typeof projectStatus>[1]
    readonly history: Awaited<ReturnType<typeof session.open>>['history']
  }> => {
    // Files are read while the server answers; a database that cannot be reached is told before a file that cannot be read.
    const opening = session.open(context.signal)
    const loading = load(context)
    // Observed at once: a file that cannot be read may be known long before the server answers.
    const loaded = Promise.allSettled([loading])
    const { history } = await opening.catch(async (error: unknown) => {
      await loaded
      throw error
    })
    const [migrations, state] = await Promise.all([loading, history.read()])
    return { project: placeMigrations(migrations, config, state), state, history }
  }

  /**
   * What looks like a run that did not end may be one that goes on: where a migration is not one transaction, others see it
   * half done. Whoever holds the lock is waited for, and the history read again.
   */
  const readSettled: typeof read = async (context) => {
    const found = await read(context)
    const { connection } = await session.open(context.signal)
    if (!isOpen(found.state) || connection.server.readOnly) return found
    const { emit } = createEmitter(bus, context)
    const state = await underLock(session, config, emit, context.signal, (locked) => Promise.resolve(locked.state))
    return { ...found, state, project: placeMigrations(await load(context), config, state) }
  }

  /** Files are read first, so that what is wrong with them does not hold the lock. */
  const changing = async <T>(work: (locked: Locked, project: LoadedProject) => Promise<T>): Promise<T> => {
    const context = contextFor()
    const migrations = await load(context)
    return await underLock(session, config, createEmitter(bus, context).emit, context.signal, (locked) =>
      work(locked, placeMigrations(migrations, config, locked.state)),
    )
  }

  return {
    server: async () => (await session.open()).connection.server,
    graph: async () => placeMigrations(await load(contextFor()), config).graph,
    history: async (filter) => (await session.open()).history.events(filter),
    status: async () => {
      const { project, state } = await read(contextFor())
      refuseEnvironment(state, config.environment?.name)
      return projectStatus(project, state)
    },
    audit: async ({ anchor, onPage } = {}) => auditHistory((await session.open()).history, anchor, onPage),
    examine: async ({ deep = false } = {}) => {
      const { connection, history } = await session.open()
      return await examineDatabase(dialect, connection, await history.head(), { deep })
    },
    snapshot: async () => (await session.open()).history.snapshot(),
    stored: async (id) => {
      const { history } = await session.open()
      return storedText(history, id, await history.read())
    },
    edits: async () => {
      const { project, state, history } = await read(contextFor())
      return describeEdits(projectStatus(project, state).edited, (id) => storedText(history, id, state))
    },
    resolve: async (target) => {
      const { project, state } = await read(contextFor())
      return resolveTargets(target, project.graph, state)
    },
    tags: async () => {
      const state = await (await session.open()).history.read()
      refuseEnvironment(state, config.environment?.name)
      return [...readTags(state)].map(([name, heads]) => ({ name, heads }))
    },
    tag: (name, options = {}) => changing((locked, project) => recordTag(config, locked, project, name, options)),
    pin: async ({ reason }) => {
      requireReason(reason)
      return await changing((locked) => recordPin(config, locked, reason))
    },
    rebuildState: async ({ reason }) => {
      requireReason(reason)
      return await changing((locked, project) => recordRebuild(config, locked, project, reason))
    },
    plan: async (target) => {
      const context = contextFor()
      const { project, state, history } = await readSettled(context)
      const derivesDown = bus.has('plan')
      const { connection } = await session.open()
      const historyOf = (name: string): typeof history => dialect.createHistory(connection, { project: name })
      const kinds = { stepKinds: new Set(steps.keys()), derivesDown }
      const planFor: RecoveryInput['planFor'] = async (closed, ordinary) => {
        const plan = await planTarget(config, project, closed, history, ordinary, kinds, historyOf)
        await refuseNeeds(config, connection, plan.migrations)
        if (!derivesDown) return withObstacle(plan, config, connection)
        const changed = await bus.plan(plan, context)
        refuseWithoutWayBack(changed.migrations)
        return sealPlan(withObstacle(changed, config, connection))
      }
      if (isOpen(state)) return sealPlan(await planRecovery({ config, project, state, history, connection, planFor }, target))
      if ('recover' in target) throw coreErrors.YAMA_RECOVER_NOTHING({})
      return await planFor(state, target)
    },
    open: async () => {
      const { project, state, history } = await readSettled(contextFor())
      const { connection } = await session.open()
      return await describeOpen({ dialect, project, state, history, connection })
    },
    apply: async (plan, options = {}) => {
      const context = contextFor(options.signal)
      const emitter = createEmitter(bus, context)
      return await runPlan({ config, session, bus, steps, emitter, signal: context.signal }, plan, options)
    },
    baseline: async (ids, { reason }) => {
      requireReason(reason)
      return await changing((locked, project) => recordBaseline(config, locked, project, ids, reason))
    },
    repair: async (action, id, { reason }) => {
      requireReason(reason)
      await changing((locked, project) => recordRepair(config, locked, project, action, id, reason))
    },
    reset: async (empty, { reason }) => {
      requireReason(reason)
      const context = contextFor()
      await underLock(session, config, createEmitter(bus, context).emit, context.signal, async (locked) =>
        recordReset(config, locked, empty, reason),
      )
    },
    settleDrift: async (work, options) => {
      requireReason(options.reason)
      const { emit } = createEmitter(bus, contextFor())
      await underLock(session, config, emit, new AbortController().signal, (locked) => recordDrift(config, locked, work, options))
    },
    lock: async () => dialect.inspectLock((await session.open()).connection, session.project),
    releaseLock: async (options) => {
      requireReason(options.reason)
      return await releaseLock(config, session, options)
    },
    check: async () => {
      const context = contextFor()
      const { project, state } = await read(context)
      refuseEnvironment(state, config.environment?.name)
      const found = [...checkProject(project.graph, projectStatus(project, state))]
      for (const check of checks)
        found.push(...(await check.run({ graph: project.graph, history: state.exists ? state : undefined, ...context })))
      return found
    },
    [Symbol.asyncDispose]: () => session.forget(),
  }
}

/** What a pooler in between cannot pass on is told by the plan already, and refused by the run. */
function withObstacle(plan: Plan, { dialect }: YamaConfig, { server }: Connection): Plan {
  const obstacle = server.pooler ? poolerObstacle(plan, dialect, server.host) : undefined
  return obstacle === undefined ? plan : { ...plan, diagnostics: [...plan.diagnostics, toDiagnostic(obstacle, 'warning')] }
}
