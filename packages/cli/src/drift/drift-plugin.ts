import { definePlugin, statementLine, toDiagnostic, type Connection, type Diagnostic, type Plan, type Plugin } from '@yama/core'
import type { DriftedObject } from '@yama/drift'
import type { FactBase } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'
import type { OpenDatabase } from '../program/open-database.ts'
import { readIgnores } from './ignores-file.ts'
import { planEffects } from './plan-effects.ts'
import { today } from './read-drift.ts'

/** So many objects are named in a message. */
const SHOWN = 8

export interface DriftWatch {
  readonly plugin: Plugin
  /** What counts as made by the history after the run: changes by hand that it did not touch stay drift. */
  readonly settled: (after: FactBase) => Promise<FactBase>
}

interface Found {
  readonly history: FactBase
  readonly before: FactBase
  readonly objects: readonly DriftedObject[]
}

/**
 * With `drift: 'check'`, under the lock and before the first statement: what was changed by hand and is touched by the plan rejects with
 * YAMA_DRIFT_BLOCKS, unless a reason allows it; the rest is told after the run. `blocks` is false for a way back, which nothing shall hold up.
 */
export function driftWatch(
  context: CliContext,
  database: OpenDatabase,
  { allow, blocks }: { readonly allow?: string; readonly blocks: boolean },
): DriftWatch {
  let found: Found | undefined
  const plugin = definePlugin(() => ({
    name: 'yama:drift',
    hooks: {
      run: async ({ plan, connection, record }, next) => {
        found = plan.migrations.length === 0 ? undefined : await lookForDrift(context, database, plan, connection)
        const counting = found?.objects.filter(({ ignored }) => ignored === undefined) ?? []
        if (counting.length === 0) return await next()
        const touched = await touchedBy(plan, database, counting)
        if (touched.objects.length > 0 && blocks && allow === undefined) throw await blocked(touched)
        const names = counting.map(({ object }) => object)
        await record('drift.detected', { objects: names, ...(allow === undefined ? {} : { reason: allow, allowed: true }) })
        const report = await next()
        const rest = counting.filter((object) => !touched.objects.includes(object))
        return { ...report, diagnostics: [...report.diagnostics, ...(await elsewhere(rest))] }
      },
    },
  }))()
  return {
    plugin,
    settled: async (after) => {
      if (found === undefined) return after
      const { keepDrift } = await import('@yama/drift')
      return keepDrift(found, after, found.objects)
    },
  }
}

async function lookForDrift(context: CliContext, database: OpenDatabase, plan: Plan, connection: Connection): Promise<Found | undefined> {
  const stored = await database.dialect.createHistory(connection, { project: plan.project }).snapshot()
  const { schema } = (await database.whole()).extensions
  if (stored === undefined || schema === undefined) return undefined
  const [{ decodeFacts, withOnRequest }, { detectDrift }] = await Promise.all([import('@yama/schema'), import('@yama/drift')])
  const before = await withOnRequest(schema, true).extract(connection, database.scope)
  if (stored.tag !== before.tag) {
    context.note(`drift is not looked for: the stored schema was printed by ${stored.tag}, and this is ${before.tag}`)
    return undefined
  }
  const history = decodeFacts(stored.facts)
  return { history, before, objects: detectDrift({ history, live: before }, await readIgnores(context), today()).objects }
}

interface Touched {
  readonly objects: readonly DriftedObject[]
  readonly statement: string
}

async function touchedBy(plan: Plan, { dialect }: OpenDatabase, counting: readonly DriftedObject[]): Promise<Touched> {
  const { touchedDrift } = await import('@yama/drift')
  for (const { text, found } of await planEffects(plan, dialect)) {
    // What is not understood may touch anything.
    const objects = found.unknown === undefined ? touchedDrift(counting, found.effects) : counting
    if (objects.length > 0) return { objects, statement: text }
  }
  return { objects: [], statement: '' }
}

const shown = (objects: readonly DriftedObject[]): string =>
  `${objects
    .slice(0, SHOWN)
    .map(({ object }) => object)
    .join(', ')}${objects.length > SHOWN ? ` and ${objects.length - SHOWN} more` : ''}`

async function blocked({ objects, statement }: Touched): Promise<Error> {
  const { driftErrors } = await import('@yama/drift')
  return driftErrors.YAMA_DRIFT_BLOCKS(
    { objects: shown(objects), statement: statementLine(statement, 120) },
    { data: { objects: objects.map(({ object }) => object), statement } },
  )
}

async function elsewhere(rest: readonly DriftedObject[]): Promise<readonly Diagnostic[]> {
  if (rest.length === 0) return []
  const { driftErrors } = await import('@yama/drift')
  return [toDiagnostic(driftErrors.YAMA_DRIFT_ELSEWHERE({ count: rest.length, objects: shown(rest) }), 'warning')]
}
