import type { DriftedObject } from '@yama/drift'
import type { CliContext } from '../program/cli-context.ts'
import type { FoundDrift } from './read-drift.ts'

/**
 * Writes into the entities what was changed by hand and is adopted; files, comments and order stay. What they want otherwise themselves they
 * still want. Gives the files, relative to the project.
 */
export async function writeAdoptedEntities(
  context: CliContext,
  { entities, live }: FoundDrift,
  objects: readonly DriftedObject[],
): Promise<readonly string[]> {
  const byHand = objects.filter(({ verdict }) => verdict === 'by-hand')
  if (entities === undefined || byHand.length === 0) return []
  const [authoring, { withFactsOf }] = await Promise.all([import('@yama/authoring'), import('@yama/drift')])
  const project = await authoring.withScratchMajor(await context.authoring(), authoring.majorOf(live.tag))
  const schema = authoring.schemaDialect(project.dialect)
  const pool = authoring.scratchPool(schema, project.scratch, project.notice)
  try {
    const facts = withFactsOf(
      entities,
      live,
      byHand.flatMap((object) => object.facts),
    )
    return await project.entities.write(facts, {
      dialect: schema,
      canonical: (desired) => authoring.canonicalFacts(project, desired, pool),
    })
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}
