import { createYama, definePlugin, YamaError, type Migration, type Plan, type RunReport, type Yama } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { progress } from '../output/progress.ts'
import type { CliContext } from './cli-context.ts'
import { yamaConfig } from './open-yama.ts'
import { readSeeds } from './read-seeds.ts'

export interface SeedOptions {
  /** Also those that did not change since they ran last. */
  readonly force?: boolean
  /** The digest of the plan; absent: confirmed, as data of a development database is. */
  readonly confirm?: string | undefined
  readonly dryRun?: boolean
  /** Production, where losing data is confirmed by a person or not at all. */
  readonly strict?: boolean
}

export interface Seeded {
  /** All seed files there are, in order. */
  readonly files: readonly string[]
  /** Those that ran, or would. */
  readonly ran: readonly string[]
  readonly plan: Plan | undefined
}

/**
 * Runs what is new or changed of an environment's seeds, each file in one transaction, under the lock and in the history as
 * everything else. Rejects with YAMA_SEED_FAILED at the statement.
 */
export async function runSeeds(context: CliContext, options: SeedOptions = {}): Promise<Seeded> {
  const project = await context.project()
  const database = await context.database()
  const seeds = await readSeeds(project, database.dialect, database.environment.name)
  const files = seeds.map(({ name }) => name)
  if (seeds.length === 0) return { files, ran: [], plan: undefined }
  const bar = progress({ stream: process.stderr, color: context.color, quiet: context.globals.quiet || context.globals.json !== false })
  const watch = definePlugin(() => ({ name: 'yama:seed-progress', hooks: { event: bar.event } }))()
  const yama = await openSeeds(context, seeds, watch)
  try {
    const plan = await yama.plan({ up: 'latest', ...(options.force === true ? { again: true } : {}) })
    const ran = plan.migrations.map(({ node }) => node.migration.name)
    if (options.dryRun !== true && ran.length > 0) await apply(context, yama, plan, options)
    return { files, ran, plan }
  } finally {
    bar.stop()
    await yama[Symbol.asyncDispose]()
  }
}

async function openSeeds(
  context: CliContext,
  seeds: readonly Migration[],
  watch: ReturnType<ReturnType<typeof definePlugin>>,
): Promise<Yama> {
  const { plugins: _, skip: __, ...config } = await yamaConfig(context, await context.database(), [], { withoutFiles: true })
  const source = { name: 'seeds', load: () => Promise.resolve(seeds) }
  return createYama({ ...config, sources: [source], plugins: [watch] })
}

async function apply(context: CliContext, yama: Yama, plan: Plan, { confirm, strict }: SeedOptions): Promise<RunReport> {
  const digest = confirm ?? (strict === true ? undefined : plan.digest)
  try {
    return await yama.apply(plan, { signal: context.signal, ...(digest === undefined ? {} : { confirm: digest }) })
  } catch (error) {
    if (!YamaError.is(error) || error.code !== 'YAMA_MIGRATION_FAILED') throw error
    const file = String(error.details['id'] ?? '').replace(/^seed:/, '')
    const reason = String(error.details['reason'] ?? error.message).replace(/\.$/, '')
    throw cliErrors.YAMA_SEED_FAILED({ file, reason }, { cause: error.cause, position: error.position, data: error.data })
  }
}
