import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Connection } from '@yama/core'
import { difference, planChange, type Action, type AnyDelta, type FactBase } from '@yama/schema'
import { canonicalExpression } from '../src/extract/canonical-expression.ts'
import { extract } from '../src/extract/extract.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { administer, connectTo, urlOf } from './local-server.ts'

export interface DifferenceCase {
  readonly src: string
  readonly dialect: string
  readonly file?: string
  readonly name: string
  readonly a: string
  readonly b: string
  readonly setup?: string | null
  readonly seed?: string | null
  readonly roles?: readonly string[] | null
  readonly minv?: number | null
  readonly maxv?: number | null
  /** Its roles are what it is about: nothing else may run on the server meanwhile. */
  readonly iso?: boolean
  readonly err?: boolean
}

/**
 * What came of a case. `unmanaged`: the two states differ in something that the model does not carry, so there is nothing to reach.
 * `refused`: a plan was refused for a reason of its own.
 */
export interface CaseResult {
  readonly case: DifferenceCase
  readonly outcome:
    | 'ok'
    | 'unloadable'
    | 'unmanaged'
    | 'refused'
    | 'error'
    | 'not-converged'
    | 'dump-differs'
    | 'down-refused'
    | 'down-error'
    | 'down-not-restored'
    | 'down-dump-differs'
  readonly detail: string
  readonly strict?: boolean
  readonly statements: readonly string[]
}

export function differenceCases(corpus: string): readonly DifferenceCase[] {
  const all = JSON.parse(readFileSync(join(corpus, 'difference-cases.json'), 'utf8')) as DifferenceCase[]
  return all.filter((one) => one.dialect === 'pg')
}

const run = promisify(execFile)
let told = false

/** The outside observer: `pg_dump`, without what only says when and by whom it was made. Nothing where it is older than the server. */
export async function dump(database: string): Promise<readonly string[]> {
  const stdout = await run('pg_dump', ['--schema-only', '--no-owner', urlOf(database)], { maxBuffer: 1 << 28 }).then(
    (done) => done.stdout,
    (error: unknown) => {
      if (!/server version mismatch/.test(String((error as { stderr?: unknown }).stderr))) throw error
      if (!told) console.warn('pg_dump is older than the server: schemas are compared without an outside observer.')
      told = true
      return ''
    },
  )
  return canonicalExpression(stdout)
    .split('\n')
    .filter(
      (line) =>
        line !== '' &&
        !line.startsWith('--') &&
        !line.startsWith('SET ') &&
        !line.startsWith('\\') &&
        // What the newest pg_dump adds to say which version of a column it saw: a number of its own in each database.
        !/ SET \(pg_attver=\d+\);$/.test(line) &&
        !line.startsWith('SELECT pg_catalog.set_config'),
    )
}

export const asLines = (lines: readonly string[]): string =>
  lines
    .map((line) => line.replace(/,$/, '').trim())
    .sort()
    .join('\n')

/** Runs actions as a migration would: in transactions that end where an action's effect needs it. */
export async function runActions(connection: Connection, actions: readonly Action[]): Promise<void> {
  await connection.execute('BEGIN')
  for (const action of actions) {
    try {
      if (action.transaction === 'none') await connection.execute('COMMIT')
      await connection.execute(action.sql)
      if (action.transaction === 'commit-after') await connection.execute('COMMIT')
      if (action.transaction !== 'any') await connection.execute('BEGIN')
    } catch (error) {
      await connection.execute('ROLLBACK')
      throw new Error(`${(error as Error).message}\n    in: ${action.sql}`, { cause: error })
    }
  }
  await connection.execute('COMMIT')
}

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const unmanagedOf = (base: FactBase): string =>
  JSON.stringify(base.unmanaged.map(({ kind, name, definition }) => [kind, name, definition]).sort())
export const shortly = (deltas: readonly AnyDelta[]): string =>
  deltas
    .map(
      (delta) =>
        `${delta.change} ${delta.id}${delta.change === 'alter' ? ` ${delta.attributes.map((one) => `${one.attribute}: ${JSON.stringify(one.from)} → ${JSON.stringify(one.to)}`).join('; ')}` : ''}`,
    )
    .join(' | ')

const nonRoles = /\b(?:CREATE\s+ROLE|CREATE\s+USER)\s+(?!MAPPING)"?(\w+)"?/gi

const withoutLanguage = (sql: string): string =>
  sql.replaceAll(/^CREATE (?:EXTENSION|(?:OR REPLACE )?(?:PROCEDURAL )?LANGUAGE)[^;]*plpgsql[^;]*;/gim, '')

/** Runs one case; roles that it takes for granted are made when the server misses them. */
export async function runCase(one: DifferenceCase, name: string, major: number): Promise<CaseResult> {
  const found = await withRoles(
    (loading) => runOnce(loading, name, major),
    one,
    ({ outcome, detail }) => (outcome === 'unloadable' ? detail : undefined),
  )
  return { ...found, case: one }
}

/** The work over both sides of a case, or why they do not load. */
export async function withLoadedCase<T extends object>(
  one: DifferenceCase,
  name: string,
  major: number,
  work: (sides: Sides) => Promise<T>,
): Promise<T | { readonly unloadable: string }> {
  return withRoles(
    (loading) => withSides(loading, name, major, work),
    one,
    (found) => ('unloadable' in found ? found.unloadable : undefined),
  )
}

async function withRoles<T>(
  run: (one: DifferenceCase) => Promise<T>,
  one: DifferenceCase,
  refusal: (found: T) => string | undefined,
): Promise<T> {
  const made: string[] = []
  try {
    for (;;) {
      const found = await run({ ...one, a: withoutLanguage(one.a), b: withoutLanguage(one.b) })
      const role = /^role "(\w+)" does not exist$/.exec(refusal(found) ?? '')?.[1]
      if (role === undefined || made.includes(role)) return found
      made.push(role)
      await administer(`CREATE ROLE "${role}"`).catch(() => {})
    }
  } finally {
    for (const role of made) await dropRole(role)
  }
}

/** Roles belong to the whole server: files that load Supabase's schemas use these at the same time. */
const SHARED: ReadonlySet<string> = new Set(['anon', 'authenticated', 'authenticator', 'service_role'])

async function dropRole(role: string): Promise<void> {
  if (!SHARED.has(role)) await administer(`DROP ROLE IF EXISTS "${role}"`).catch(() => {})
}

/** Both sides of a case, loaded into databases of their own. */
export interface Sides {
  readonly left: Connection
  readonly right: Connection
  readonly first: string
  readonly second: string
}

/** Loads both sides, runs the work and drops both. What does not load is answered with the server's reason. */
async function withSides<T>(
  one: DifferenceCase,
  name: string,
  major: number,
  work: (sides: Sides) => Promise<T>,
): Promise<T | { readonly unloadable: string }> {
  if ((one.minv ?? 0) > major || (one.maxv ?? 99) < major) return { unloadable: 'other server version' }
  if (/CREATE\s+SUBSCRIPTION/i.test(one.a + one.b)) return { unloadable: 'subscriptions hold their database' }
  const [first, second] = [`${name}_a`, `${name}_b`]
  const made = new Set([...`${one.setup ?? ''}${one.a}${one.b}`.matchAll(nonRoles)].map((match) => match[1] ?? ''))
  const roles = new Set([...(one.roles ?? []), ...made])
  // One session for all that is done to the server: each costs a process there.
  await using server = await connectTo('postgres')
  for (const database of [first, second]) {
    await server.execute(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
    await server.execute(`CREATE DATABASE "${database}" TEMPLATE template0`)
  }
  for (const role of one.roles ?? []) if (!made.has(role)) await server.execute(`CREATE ROLE "${role}"`).catch(() => {})
  const [left, right] = await Promise.all([connectTo(first), connectTo(second)])
  try {
    try {
      if (one.setup !== null && one.setup !== undefined) {
        await left.execute(one.setup)
        await right.execute(one.setup)
      }
      await left.execute(one.a)
      // Roles belong to the cluster; the second state makes its own.
      if (made.size > 0)
        await right.execute(
          one.b.replaceAll(
            /^\s*CREATE\s+(ROLE|USER)\s+(?!MAPPING)[^;]*;/gim,
            (text) => `DO $r$ BEGIN ${text} EXCEPTION WHEN duplicate_object THEN NULL; END $r$;`,
          ),
        )
      else await right.execute(one.b)
      await left.execute('RESET ALL; RESET ROLE')
      await right.execute('RESET ALL; RESET ROLE')
    } catch (error) {
      return { unloadable: (error as Error).message }
    }
    return await work({ left, right, first, second })
  } finally {
    await left[Symbol.asyncDispose]()
    await right[Symbol.asyncDispose]()
    for (const database of [first, second]) await server.execute(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
    // One that granted a membership goes after the one whose members there were.
    for (const role of [...roles, ...roles]) if (!SHARED.has(role)) await server.execute(`DROP ROLE IF EXISTS "${role}"`).catch(() => {})
  }
}

/** Runs one case in two databases of its own, forwards and back. */
async function runOnce(one: DifferenceCase, name: string, major: number): Promise<CaseResult> {
  const outcome = await withSides(one, name, major, (sides) => judge(one, sides))
  return 'unloadable' in outcome ? { case: one, outcome: 'unloadable', detail: outcome.unloadable, statements: [] } : outcome
}

async function judge(one: DifferenceCase, { left, right, first, second }: Sides): Promise<CaseResult> {
  const statements: string[] = []
  const result = (outcome: CaseResult['outcome'], detail = '', strict?: boolean): CaseResult => ({
    case: one,
    outcome,
    detail,
    statements,
    ...(strict === undefined ? {} : { strict }),
  })
  const [a, b] = await Promise.all([extract(left, EVERYTHING), extract(right, EVERYTHING)])
  const unmanaged = unmanagedOf(a) !== unmanagedOf(b)
  const hasUnmanaged = a.unmanaged.length > 0 || b.unmanaged.length > 0
  const worse = (outcome: CaseResult['outcome'], detail: string): CaseResult =>
    result(unmanaged ? 'unmanaged' : outcome, `${unmanaged ? `(${outcome}) ` : ''}${detail}`)
  const [dumpA, dumpB] = await Promise.all([dump(first), dump(second)])
  if (one.seed !== null && one.seed !== undefined) await left.execute(one.seed).catch(() => {})
  const up = planChange({ before: a, after: b, dialect: schemaDialect, renames: [] })
  // A case may want to be refused.
  if (up.refusals.length > 0 && one.err === true) return result('ok', 'refused, as wanted')
  if (up.refusals.length > 0) return worse('refused', up.refusals.map((refusal) => refusal.message).join(' | '))
  statements.push(...up.actions.map((action) => action.sql))
  try {
    await runActions(left, up.actions)
  } catch (error) {
    return worse('error', (error as Error).message)
  }
  const reached = await extract(left, EVERYTHING)
  const rest = difference(reached, b)
  if (rest.length > 0) return worse('not-converged', shortly(rest))
  const dumpUp = await dump(first)
  const strict = dumpUp.join('\n') === dumpB.join('\n')
  const lines = strict || asLines(dumpUp) === asLines(dumpB)
  if (!lines) {
    const [have, want] = [new Set(asLines(dumpUp).split('\n')), new Set(asLines(dumpB).split('\n'))]
    const detail = `extra: ${[...have]
      .filter((line) => !want.has(line))
      .slice(0, 4)
      .join(' ⏎ ')} missing: ${[...want]
      .filter((line) => !have.has(line))
      .slice(0, 4)
      .join(' ⏎ ')}`
    if (unmanaged || (hasUnmanaged && up.actions.length === 0)) return result('unmanaged', detail)
    return result('dump-differs', detail)
  }
  const down = planChange({ before: reached, after: a, dialect: schemaDialect, renames: [] })
  statements.push('-- down', ...down.actions.map((action) => action.sql))
  if (down.refusals.length > 0) return worse('down-refused', down.refusals.map((refusal) => refusal.message).join(' | '))
  try {
    await runActions(left, down.actions)
  } catch (error) {
    return worse('down-error', (error as Error).message)
  }
  const restored = difference(await extract(left, EVERYTHING), a)
  if (restored.length > 0) return worse('down-not-restored', shortly(restored))
  const dumpDown = await dump(first)
  if (asLines(dumpDown) !== asLines(dumpA)) return worse('down-dump-differs', '')
  return result(unmanaged ? 'unmanaged' : 'ok', '', strict)
}
