import { sha256Hex, statementPosition, type Diagnostic } from '@yama/core'
import { encodeFacts, factBase, planChange, type Action, type AnyFact, type EntitySource, type FactBase, type Scratch } from '@yama/schema'
import { readCachedFacts, writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { authoringErrors } from '../errors/errors.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'

export interface EntitiesState {
  /** What the entities mean, as the server prints it, with origins and former names. */
  readonly facts: FactBase
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The schema that the entities describe: rendered, executed in a scratch database, extracted.
 * `scratch` makes an empty database only when the cache does not know the answer.
 * Rejects with YAMA_ENTITY_INVALID for mistakes in the files, YAMA_ENTITIES_REFUSED for what the server refuses.
 */
export async function entitiesState(project: AuthoringProject, source: EntitySource, scratch: () => Promise<Scratch>): Promise<EntitiesState> {
  const schema = schemaDialect(project.dialect)
  const { desired, diagnostics } = await source.load({ dialect: schema })
  const key = cacheKey('entities', project, [sha256Hex(encodeFacts(withoutOrigins(desired)))])
  const cached = await readCachedFacts(project.cacheDirectory, key)
  if (cached !== undefined) return { facts: withOrigins(cached, desired), diagnostics }
  const database = await scratch()
  const empty = await schema.extract(database.connection, project.scope)
  const change = planChange({ before: empty, after: desired, dialect: schema, renames: [], server: database.connection.server })
  await execute(project, change.actions, database)
  const facts = await schema.extract(database.connection, project.scope)
  await writeCachedFacts(project.cacheDirectory, key, facts)
  return { facts: withOrigins(facts, desired), diagnostics }
}

async function execute(project: AuthoringProject, actions: readonly Action[], scratch: Scratch): Promise<void> {
  let segment: Action[] = []
  const flush = async (): Promise<void> => {
    const run = segment
    segment = []
    if (run.length > 0) await executeSegment(project, run, scratch)
  }
  for (const action of actions) {
    if (action.transaction === 'none') {
      await flush()
      await executeSegment(project, [action], scratch)
      continue
    }
    segment.push(action)
    if (action.transaction === 'commit-after') await flush()
  }
  await flush()
}

async function executeSegment(project: AuthoringProject, actions: readonly Action[], scratch: Scratch): Promise<void> {
  try {
    await scratch.connection.batch(actions.map((action) => ({ sql: action.sql })), { transaction: actions[0]?.transaction !== 'none' })
  } catch (error) {
    const failure = error as { readonly index?: number; readonly cause?: unknown }
    const action = actions[failure.index ?? 0]
    const described = project.dialect.describeFailure(failure.index === undefined ? error : failure.cause)
    throw authoringErrors.YAMA_ENTITIES_REFUSED(
      { reason: described.message, scratch: scratch.description, object: action?.because.fact ?? '' },
      { cause: error, position: action?.because.origin ?? statementPosition(undefined, '', undefined), data: { sql: action?.sql } },
    )
  }
}

function withoutOrigins(base: FactBase): FactBase {
  return factBase(base.tag, [...base.facts.values()].map(({ origin: _, was: __, ...fact }) => fact as AnyFact), base.unmanaged)
}

/** Canonical facts carry no places and no former names; the entities' facts of the same id do. */
function withOrigins(canonical: FactBase, desired: FactBase): FactBase {
  const facts = [...canonical.facts.values()].map((fact) => {
    const stated = desired.facts.get(fact.id)
    if (stated === undefined) return fact
    return { ...fact, ...(stated.origin === undefined ? {} : { origin: stated.origin }), ...(stated.was === undefined ? {} : { was: stated.was }) } as AnyFact
  })
  return factBase(canonical.tag, facts, canonical.unmanaged)
}
