import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { YamaError, type DatabaseKind } from '@yama/core'
import { factBase, keepStated, planChange, prepareBase, requirePlan, type FactBase, type FactId, type Scratch } from '@yama/schema'
import { readCachedFacts } from '../cache/cache-file.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { executeActions } from '../replay/execute-actions.ts'
import { afterwards, type ScratchPool } from '../replay/scratch-pool.ts'
import { choosePart } from './choose-part.ts'
import { factGroups, type FactGroup } from './fact-groups.ts'
import { readLastBuild, writeLastBuild } from './last-build.ts'
import { groupDescriber, type DescribeGroup, type KnownBuild } from './known-build.ts'
import { knownHistory } from './known-history.ts'
import { mergePart } from './merge-part.ts'
import { withOrigins } from './with-origins.ts'

/** Where building a part is worth its care: a server needs 10 to 150 ms for each table. SQLite has a thousand of them in memory at once. */
const BUILDS_PARTS = { postgres: true, mysql: true, mariadb: true, sqlite: false } as const satisfies Record<DatabaseKind, boolean>

/** The schema of the migrations, had when first asked for. */
export interface HistoryState {
  /** Rejects with YAMA_REPLAY_FAILED at the statement that failed. */
  readonly facts: () => Promise<FactBase>
  /** True where no server is asked for it. */
  readonly isCached: boolean
}

/**
 * Facts as the server prints them: executed in a scratch database and extracted, or known from the cache. Where the last build is known, only what
 * differs from it is built, together with whatever that could touch, and where it is not, only what differs from `history`, the schema of the migrations;
 * `whole` builds everything. Origins and former names stay. Rejects with YAMA_ENTITIES_REFUSED for what the server refuses.
 */
export async function canonicalFacts(
  project: AuthoringProject,
  desired: FactBase,
  pool: ScratchPool,
  history?: HistoryState,
): Promise<FactBase> {
  const groups = factGroups(desired)
  const inputs = [digestOf(desired, groups)]
  for (const purpose of project.whole === true ? (['entities'] as const) : (['entities', 'entities-part'] as const)) {
    const cached = await readCachedFacts(project.cacheDirectory, cacheKey(purpose, project, inputs))
    if (cached !== undefined) return settled(cached, desired)
  }
  const buildsParts = project.whole !== true && BUILDS_PARTS[project.dialect.kind]
  const last = buildsParts ? await readLastBuild(project) : undefined
  const describe = groupDescriber(desired, last, scratchDialect(project.dialect))
  // What `setup` made is in the history, and no entity's.
  const comparable = buildsParts && last === undefined && project.scratch.setup.length === 0
  // Whoever replays is told why that failed; what is wrong with the entities is said even so.
  const before = comparable ? await history?.facts().catch(() => undefined) : undefined
  const known = last ?? (before === undefined ? undefined : knownHistory(before, groups, describe, scratchDialect(project.dialect)))
  const keep = (built: Built, purpose: 'entities' | 'entities-part'): Promise<void> =>
    afterwards(pool, writeLastBuild(project, { inputs, groups, describe, ...built, purpose }))
  const idle = whileServerWorks(known, history)
  const part = known === undefined ? undefined : await buildPart(project, { desired, groups, known, describe }, pool, idle)
  if (part !== undefined) {
    await keep(part, 'entities-part')
    return settled(part.canonical, desired)
  }
  const scratch = await pool.take()
  const canonical = await build(project, desired, scratch, pool, idle)
  await keep({ canonical, major: scratch.connection.server.major }, 'entities')
  return settled(canonical, desired)
}

/** What entities do not state of owners and versions is whatever the scratch database has. */
const settled = (canonical: FactBase, desired: FactBase): FactBase => keepStated(withOrigins(canonical, desired), desired)

/**
 * While the server makes the entities, what is needed next is read from the cache, and what the plan will ask of the schema of the migrations is
 * derived, if that schema is known by then.
 */
function whileServerWorks(known: KnownBuild | undefined, history: HistoryState | undefined): () => Promise<void> {
  let before: FactBase | undefined
  const look = async (): Promise<void> => {
    // Whoever replays is told why that failed.
    before = await history?.facts().catch(() => undefined)
  }
  if (history?.isCached === false) void look()
  return async () => {
    // The statements go out first.
    await setImmediate()
    await known?.canonical()
    if (history?.isCached === true) await look()
    if (before !== undefined) prepareBase(before)
  }
}

interface Built {
  readonly canonical: FactBase
  readonly major: number
}

interface Stated {
  readonly desired: FactBase
  readonly groups: ReadonlyMap<FactId, FactGroup>
  readonly known: KnownBuild
  readonly describe: DescribeGroup
}

/** Undefined where the part is not certain enough; then, and where the server refuses it, everything is built, which says what is wrong. */
async function buildPart(
  project: AuthoringProject,
  { desired, groups, known, describe }: Stated,
  pool: ScratchPool,
  idle: () => Promise<void>,
): Promise<Built | undefined> {
  const part = choosePart(desired, groups, known, describe)
  if (part === undefined) return undefined
  const scratch = await pool.take()
  const major = scratch.connection.server.major
  if (part.renewed.size === 0) {
    const same = await known.canonical()
    return same === undefined ? undefined : { canonical: same, major }
  }
  let built: FactBase
  try {
    built = await build(project, part.desired, scratch, pool, idle)
  } catch (error) {
    if (YamaError.is(error)) return undefined
    throw error
  }
  const before = await known.canonical()
  const canonical = before === undefined ? undefined : mergePart(part, built, before)
  return canonical === undefined ? undefined : { canonical, major }
}

async function build(
  project: AuthoringProject,
  desired: FactBase,
  scratch: Scratch,
  pool: ScratchPool,
  idle: () => Promise<void>,
): Promise<FactBase> {
  const { connection } = scratch
  const dialect = scratchDialect(project.dialect)
  const found = await (pool.untouched?.(scratch) ?? dialect.extract(connection, project.scope))
  // What `setup` made and the entities do not state is the host's: it stays, here as in the state of the migrations.
  const stated = [...found.facts.values()].filter(({ id }) => desired.facts.has(id))
  const before = factBase(found.tag, stated, found.unmanaged)
  const { actions } = requirePlan(planChange({ before, after: desired, dialect, renames: [], server: connection.server }))
  await Promise.all([executeActions(project, actions, scratch), idle()])
  return dialect.extract(connection, project.scope)
}

function digestOf(desired: FactBase, groups: ReadonlyMap<FactId, FactGroup>): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([desired.tag, desired.unmanaged]))
  for (const { root, digest } of groups.values()) hash.update(`\n${root} ${digest}`)
  return hash.digest('hex')
}
