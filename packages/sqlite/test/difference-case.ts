import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { difference, factBase, planChange, prove, type AnyDelta, type FactBase } from '@yama/schema'
import { observe } from './observe.ts'
import { observeWords } from './observe-words.ts'
import { EVERYTHING, facts, load, run, schema } from './open-memory.ts'

export interface DifferenceCase {
  readonly src: string
  readonly dialect: string
  readonly file?: string
  readonly name: string
  readonly a: string
  readonly b: string
}

export interface CaseResult {
  readonly case: DifferenceCase
  readonly outcome:
    | 'ok'
    | 'unloadable'
    | 'refused'
    | 'error'
    | 'not-converged'
    | 'observer-differs'
    | 'down-refused'
    | 'down-error'
    | 'down-not-restored'
    | 'down-observer-differs'
    | 'rows-lost'
  readonly detail: string
  readonly statements: readonly string[]
}

/** The pairs of other tools' tests, and those of Yama's own. */
export function differenceCases(corpus: string | undefined): readonly DifferenceCase[] {
  const own = JSON.parse(readFileSync(new URL('difference-cases.json', import.meta.url), 'utf8')) as readonly DifferenceCase[]
  if (corpus === undefined) return own
  const all = JSON.parse(readFileSync(join(corpus, 'difference-cases.json'), 'utf8')) as readonly DifferenceCase[]
  return [...all.filter((one) => one.dialect === 'sqlite'), ...own]
}

const shortly = (deltas: readonly AnyDelta[]): string => deltas.map(({ change, id }) => `${change} ${id}`).join(' | ')
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Nothing where two observers' answers are equal, else the first things that are not. */
function differing(have: Readonly<Record<string, unknown>>, want: Readonly<Record<string, unknown>>): string {
  return [...new Set([...Object.keys(have), ...Object.keys(want)])]
    .filter((key) => JSON.stringify(have[key]) !== JSON.stringify(want[key]))
    .map((key) => `${key}: has ${JSON.stringify(have[key])} wants ${JSON.stringify(want[key])}`)
    .join(' | ')
}

/** Runs one case in databases of its own, forwards and back, with what SQLite says after each way; then both ways again with rows in every table. */
export async function runCase(one: DifferenceCase): Promise<CaseResult> {
  const statements: string[] = []
  const result = (outcome: CaseResult['outcome'], detail = ''): CaseResult => ({ case: one, outcome, detail, statements })
  try {
    for (const sql of [one.a, one.b]) await (await load(sql))[Symbol.asyncDispose]()
  } catch (error) {
    return result('unloadable', messageOf(error))
  }
  await using left = await load(one.a)
  await using right = await load(one.b)
  const [before, after] = [await facts(left), await facts(right)]
  const seen = { a: await seenIn(left), b: await seenIn(right) }
  const up = planChange({ before, after, dialect: schema, renames: [] })
  if (up.refusals.length > 0) return result('refused', up.refusals.map(messageOf).join(' | '))
  statements.push(...up.actions.map(({ sql }) => sql))
  try {
    await run(left, up.actions.map(({ sql }) => `${sql};`).join('\n'))
  } catch (error) {
    return result('error', messageOf(error))
  }
  const reached = await facts(left)
  if (difference(reached, after).length > 0) return result('not-converged', shortly(difference(reached, after)))
  const wrong = differing(await seenIn(left), seen.b)
  if (wrong !== '') return result('observer-differs', wrong)
  const down = planChange({ before: reached, after: before, dialect: schema, renames: [] })
  if (down.refusals.length > 0) return result('down-refused', down.refusals.map(messageOf).join(' | '))
  statements.push('-- down', ...down.actions.map(({ sql }) => sql))
  try {
    await run(left, down.actions.map(({ sql }) => `${sql};`).join('\n'))
  } catch (error) {
    return result('down-error', messageOf(error))
  }
  const restored = difference(await facts(left), before)
  if (restored.length > 0) return result('down-not-restored', shortly(restored))
  const changed = differing(await seenIn(left), seen.a)
  if (changed !== '') return result('down-observer-differs', changed)
  const lost = await losesRows(one, [before, after])
  return lost === '' ? result('ok') : result('rows-lost', lost)
}

const seenIn = async (connection: Awaited<ReturnType<typeof load>>): Promise<Readonly<Record<string, unknown>>> => ({
  ...(await observe(connection)),
  ...(await observeWords(connection)),
})

/** What stands in the way of rows that are in every table. */
async function losesRows(one: DifferenceCase, [before, found]: readonly [FactBase, FactBase]): Promise<string> {
  await using connection = await load(one.a)
  const after = factBase(found.tag, found.facts.values())
  const up = planChange({ before, after, dialect: schema, renames: [] })
  if (up.actions.length === 0) return ''
  const down = planChange({ before: after, after: before, dialect: schema, renames: [] })
  try {
    await prove({ up, down, before, after, dialect: schema, scope: EVERYTHING, scratch: { connection, description: 'in memory' } })
    return ''
  } catch (error) {
    return messageOf(error)
  }
}
