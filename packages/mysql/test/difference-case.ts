import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { difference, planChange, type AnyDelta, type FactBase } from '@yama/schema'
import { observe } from './observe.ts'
import { facts, inDatabase, run, runActions, type SchemaServer } from './schema-server.ts'

export interface DifferenceCase {
  readonly src: string
  readonly dialect: string
  readonly file?: string
  readonly name: string
  readonly a: string
  readonly b: string
  /** Which servers: `mysql`, `!mariadb`, … */
  readonly flavor?: string | null
  readonly minv?: string | null
  readonly maxv?: string | null
}

export interface CaseResult {
  readonly case: DifferenceCase
  readonly outcome:
    | 'ok'
    | 'unloadable'
    | 'unmanaged'
    | 'refused'
    | 'error'
    | 'not-converged'
    | 'observer-differs'
    | 'down-refused'
    | 'down-error'
    | 'down-not-restored'
    | 'down-observer-differs'
  readonly detail: string
  readonly statements: readonly string[]
}

/** The pairs of other tools' tests, and those of Yama's own. */
export function differenceCases(corpus: string | undefined): readonly DifferenceCase[] {
  const own = JSON.parse(readFileSync(new URL('difference-cases.json', import.meta.url), 'utf8')) as readonly DifferenceCase[]
  if (corpus === undefined) return own
  const all = JSON.parse(readFileSync(join(corpus, 'difference-cases.json'), 'utf8')) as readonly DifferenceCase[]
  return [...all.filter((one) => one.dialect === 'mysql'), ...own]
}

export const shortly = (deltas: readonly AnyDelta[]): string =>
  deltas
    .map(
      (delta) =>
        `${delta.change} ${delta.id}${delta.change === 'alter' ? ` ${delta.attributes.map((one) => `${one.attribute}: ${JSON.stringify(one.from)} → ${JSON.stringify(one.to)}`).join('; ')}` : ''}`,
    )
    .join(' | ')

function differing(have: ReadonlyMap<string, string>, want: ReadonlyMap<string, string>): string {
  const found: string[] = []
  for (const name of new Set([...have.keys(), ...want.keys()])) {
    const [a, b] = [(have.get(name) ?? '').split('\n'), (want.get(name) ?? '').split('\n')]
    const extra = a.filter((line) => !b.includes(line))
    const missing = b.filter((line) => !a.includes(line))
    if (extra.length > 0 || missing.length > 0) found.push(`${name}: has ${extra.join(' ⏎ ')} wants ${missing.join(' ⏎ ')}`)
    else if (a.join() !== b.join()) found.push(`${name}: another order: ${a.join(' ⏎ ')}`)
  }
  return found.join(' | ')
}

const unmanagedOf = (base: FactBase): string =>
  JSON.stringify(base.unmanaged.map(({ kind, name, definition }) => [kind, name, definition]).sort())

/** Runs one case in two databases of its own, forwards and back; the server's own statements are compared after each way. */
export async function runCase(one: DifferenceCase, server: SchemaServer): Promise<CaseResult> {
  const statements: string[] = []
  const result = (outcome: CaseResult['outcome'], detail = ''): CaseResult => ({ case: one, outcome, detail, statements })
  const flavor = one.flavor ?? ''
  if (flavor.startsWith('!') ? flavor === `!${server.kind}` : flavor !== '' && flavor !== server.kind)
    return result('unloadable', 'for another server')
  return await inDatabase(server, async (left) =>
    inDatabase(server, async (right): Promise<CaseResult> => {
      try {
        await run(left, one.a)
        await run(right, one.b)
      } catch (error) {
        return result('unloadable', (error as Error).message)
      }
      const [a, b] = [await facts(left), await facts(right)]
      const unmanaged = unmanagedOf(a) !== unmanagedOf(b)
      const worse = (outcome: CaseResult['outcome'], detail: string): CaseResult =>
        unmanaged ? result('unmanaged', `(${outcome}) ${detail}`) : result(outcome, detail)
      const [seenA, seenB] = [await observe(left), await observe(right)]
      const up = planChange({ before: a, after: b, dialect: server.schema, renames: [], server: left.server })
      if (up.refusals.length > 0) return worse('refused', up.refusals.map((refusal) => refusal.message).join(' | '))
      statements.push(...up.actions.map((action) => action.sql))
      try {
        await runActions(left, up.actions)
      } catch (error) {
        return worse('error', (error as Error).message)
      }
      const reached = await facts(left)
      const rest = difference(reached, b)
      if (rest.length > 0) return worse('not-converged', shortly(rest))
      const wrong = differing(await observe(left), seenB)
      if (wrong !== '') return worse('observer-differs', wrong)
      const down = planChange({ before: reached, after: a, dialect: server.schema, renames: [], server: left.server })
      statements.push('-- down', ...down.actions.map((action) => action.sql))
      if (down.refusals.length > 0) return worse('down-refused', down.refusals.map((refusal) => refusal.message).join(' | '))
      try {
        await runActions(left, down.actions)
      } catch (error) {
        return worse('down-error', (error as Error).message)
      }
      const restored = difference(await facts(left), a)
      if (restored.length > 0) return worse('down-not-restored', shortly(restored))
      const changed = differing(await observe(left), seenA)
      if (changed !== '') return worse('down-observer-differs', changed)
      return result(unmanaged ? 'unmanaged' : 'ok')
    }),
  )
}
