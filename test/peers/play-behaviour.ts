import { createYama, YamaError, type Dialect, type Migration, type Target, type Yama } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import type { Behaviour, Does, Given, Step } from './behaviour.ts'

const tableOf = (id: string): string => `t_${id.replaceAll(/\W/g, '_').toLowerCase()}`

function migrationOf(id: string, { parents, up, down }: Given): Migration {
  const back = down === undefined ? `DROP TABLE ${tableOf(id)}` : down
  return sqlMigration({
    id,
    up: up ?? `CREATE TABLE ${tableOf(id)} (id int)`,
    ...(back === null ? {} : { down: back }),
    ...(parents === undefined ? {} : { parents }),
  })
}

/**
 * Takes the steps of a behaviour in a project of its own, and clears its tables away afterwards: a new database for each would cost
 * more than the case. Gives what went otherwise than it says, or undefined.
 */
export async function playBehaviour(dialect: Dialect, behaviour: Behaviour, project: string): Promise<string | undefined> {
  const tables = new Set<string>()
  const files = new Map<string, Given>()
  const put = (given: Readonly<Record<string, Given | null>>): void => {
    for (const [id, each] of Object.entries(given)) {
      tables.add(tableOf(id))
      if (each === null) files.delete(id)
      else files.set(id, each)
    }
  }
  put(behaviour.project ?? {})
  try {
    for (const [at, step] of behaviour.steps.entries()) {
      if ('files' in step) {
        put(step.files)
        continue
      }
      for (const text of 'byHand' in step ? [step.byHand] : [...files.values()].flatMap(({ up = [] }) => up))
        for (const [, name] of text.matchAll(/CREATE TABLE (\w+)/g)) tables.add(name ?? '')
      const migrations = [...files].map(([id, given]) => migrationOf(id, given))
      await using yama = createYama({ dialect, sources: [memorySource(migrations)], project })
      const wrong = await take(yama, dialect, step, migrations)
      if (wrong !== undefined) return `step ${String(at + 1)}: ${wrong}`
    }
    return undefined
  } finally {
    await using connection = await dialect.connect()
    for (const table of tables) await connection.execute(`DROP TABLE IF EXISTS ${table}`)
  }
}

async function take(
  yama: Yama,
  dialect: Dialect,
  step: Exclude<Step, { readonly files: unknown }>,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  if ('byHand' in step) {
    await using connection = await dialect.connect()
    await connection.execute(step.byHand)
    return undefined
  }
  if ('tables' in step) return compare('tables', await tablesOf(dialect, migrations), step.tables.map(tableOf))
  if ('status' in step) return await compareStatus(yama, step.status)
  if ('events' in step) {
    const found = await yama.history(step.of === undefined ? {} : { migrationIds: [step.of] })
    const count = found.filter(({ type }) => type === step.events).length
    return count === step.count ? undefined : `${String(count)} events ${step.events} in place of ${String(step.count)}`
  }
  if ('repair' in step)
    return await expectation(step.does ?? [], async () => void (await yama.repair(step.repair, step.id, { reason: 'the case says so' })))
  if ('baseline' in step) {
    const { baseline } = step
    return await expectation(step.does, async () => (await yama.baseline(baseline, { reason: 'the case says so' })).applied, migrations)
  }
  return await expectation(step.does, async () => await run(yama, targetOf(step)), migrations, 'up' in step)
}

function targetOf(step: Extract<Step, { readonly up: unknown } | { readonly down: unknown } | { readonly downTo: unknown }>): Target {
  if ('down' in step) return { down: step.down }
  if ('downTo' in step) return { downTo: step.downTo }
  return typeof step.up === 'number' ? { upSteps: step.up } : { up: step.up }
}

async function run(yama: Yama, target: Target): Promise<readonly string[]> {
  const plan = await yama.plan(target)
  const { applied, reverted } = await yama.apply(plan, { confirm: plan.digest })
  return [...reverted, ...applied]
}

/** The same migrations, each after what it needs, or the same refusal. */
async function expectation(
  does: Does,
  work: () => Promise<readonly string[] | undefined>,
  migrations: readonly Migration[] = [],
  upwards = true,
): Promise<string | undefined> {
  let done: readonly string[]
  try {
    done = (await work()) ?? []
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return error.code === does ? undefined : `refused with ${error.code} in place of ${JSON.stringify(does)}: ${error.message}`
  }
  if (typeof does === 'string') return `not refused with ${does}; it did ${JSON.stringify(done)}`
  const place = new Map(done.map((id, index) => [id, index]))
  for (const { id, parents } of migrations) {
    for (const parent of parents) {
      const [own, other] = [place.get(id), place.get(parent.id)]
      if (own !== undefined && other !== undefined && other < own !== upwards) return `${id} and ${parent.id} came in the wrong order`
    }
  }
  return compare('what ran', done, does)
}

const compare = (what: string, found: readonly string[], wanted: readonly string[]): string | undefined => {
  const [one, other] = [found.toSorted().join(', '), wanted.toSorted().join(', ')]
  return one === other ? undefined : `${what}: ${one || 'nothing'} in place of ${other || 'nothing'}`
}

async function compareStatus(yama: Yama, wanted: Extract<Step, { readonly status: unknown }>['status']): Promise<string | undefined> {
  const status = await yama.status()
  const ids = (nodes: readonly { readonly migration: { readonly id: string } }[]): readonly string[] =>
    nodes.map(({ migration }) => migration.id)
  const found = {
    applied: status.applied.map(({ id }) => id),
    pending: ids(status.pending),
    missing: status.missing.map(({ id }) => id),
    edited: ids(status.edited),
    cosmetic: ids(status.cosmetic),
    late: ids(status.late),
    heads: status.heads,
  }
  for (const key of Object.keys(wanted) as (keyof typeof wanted)[]) {
    const wrong = compare(key, found[key], wanted[key] ?? [])
    if (wrong !== undefined) return wrong
  }
  return undefined
}

async function tablesOf(dialect: Dialect, migrations: readonly Migration[]): Promise<readonly string[]> {
  await using connection = await dialect.connect()
  const there: string[] = []
  for (const { id } of migrations) {
    try {
      await connection.execute(`SELECT 1 FROM ${tableOf(id)}`)
      there.push(tableOf(id))
    } catch (error) {
      if (dialect.describeFailure(error).kind !== 'missing') throw error
    }
  }
  return there
}
