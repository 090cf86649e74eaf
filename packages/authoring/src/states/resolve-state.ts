import type { FactBase } from '@yama/schema'
import { factBase } from '@yama/schema'
import { replayHistory, historyNodes } from '../replay/replay-history.ts'
import type { ScratchPool } from '../replay/scratch-pool.ts'
import { scratchDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { entitiesState } from './entities-state.ts'
import { withGitDirectory } from './git-state.ts'
import type { StateReference } from './parse-state.ts'

/** Reads the schema of a live database; given by whoever may connect. */
export type LiveFacts = (reference: { readonly kind: 'env' | 'url'; readonly value: string }) => Promise<FactBase>

/** The heads that a tag binds; only a database knows them. */
export type TaggedHeads = (name: string) => Promise<readonly string[]>

/** The schema of a state, as the server prints it. */
export async function resolveState(
  reference: StateReference,
  project: AuthoringProject,
  pool: ScratchPool,
  live: LiveFacts,
  tagged: TaggedHeads = () => Promise.resolve([]),
): Promise<FactBase> {
  switch (reference.kind) {
    case 'entities':
      return (await entitiesState(project, project.entities, pool)).facts
    case 'migrations':
      return replayHistory(project, await historyNodes(project), pool)
    case 'migration':
      return replayHistory(project, await historyNodes(project, [reference.value]), pool)
    case 'tag':
      return replayHistory(project, await historyNodes(project, await tagged(reference.value)), pool)
    case 'git':
      return withGitDirectory(
        project.root,
        reference.value,
        project.entitiesDirectory,
        async (directory) => (await entitiesState(project, project.entitiesAt(directory), pool)).facts,
      )
    case 'empty': {
      const scratch = await pool.take()
      const base = await scratchDialect(project.dialect).extract(scratch.connection, project.scope)
      return factBase(base.tag, [...base.facts.values()], base.unmanaged)
    }
    default:
      return live({ kind: reference.kind, value: reference.value })
  }
}
