import { YamaError } from '@yama/core'
import type { FactBase } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'
import { hasEntities } from '../program/entity-files.ts'

/** What says that no scratch database can be had here; everything else is a mistake in the files and rejects. */
const NO_SCRATCH: ReadonlySet<string> = new Set(['YAMA_SCRATCH_NONE', 'YAMA_SCRATCH_CLUSTER', 'YAMA_MYSQL_SCRATCH_NONE'])

/** The entities as a server of the same version prints them: from the cache, else from a scratch database; with the reason where neither can be. */
export async function driftEntities(context: CliContext, tag: string): Promise<{ readonly facts?: FactBase; readonly unread?: string }> {
  if (!(await hasEntities(context))) return {}
  const [authoring, { withOnRequest, withRows }] = await Promise.all([import('@yama/authoring'), import('@yama/schema')])
  const project = await authoring.withScratchMajor(await context.authoring(), authoring.majorOf(tag))
  const pool = authoring.scratchPool(withOnRequest(withRows(authoring.schemaDialect(project.dialect))), project.scratch, project.notice)
  try {
    const { facts } = await authoring.entitiesState(project, project.entities, pool)
    return facts.tag === tag ? { facts } : { unread: `they are printed by ${facts.tag} here, and the database by ${tag}` }
  } catch (error) {
    if (!YamaError.is(error) || !NO_SCRATCH.has(error.code)) throw error
    return { unread: error.message }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}
