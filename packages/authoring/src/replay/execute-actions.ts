import { isBatchFailure, type DatabaseKind } from '@yama/core'
import type { Action, Scratch } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import { committedParts } from './committed-parts.ts'

/** Statements that commit by themselves go in one text where the server takes that: each is still one, and a failure says which. */
const SENT_TOGETHER = { postgres: false, mysql: true, mariadb: true, sqlite: false } as const satisfies Record<DatabaseKind, boolean>

/** Runs planned actions in a scratch database, committing where they ask for it. Rejects with YAMA_ENTITIES_REFUSED at the entity's place. */
export async function executeActions(project: AuthoringProject, actions: readonly Action[], scratch: Scratch): Promise<void> {
  let segment: Action[] = []
  const flush = async (): Promise<void> => {
    const run = segment
    segment = []
    if (run.length > 0) await executeSegment(project, run, scratch)
  }
  const together = SENT_TOGETHER[project.dialect.kind]
  for (const action of actions) {
    if (action.transaction === 'none' && !(together && segment.every((one) => one.transaction === 'none'))) {
      await flush()
      await executeSegment(project, [action], scratch)
      continue
    }
    if (action.transaction !== 'none' && segment[0]?.transaction === 'none') await flush()
    segment.push(action)
    if (action.transaction === 'commit-after') await flush()
  }
  await flush()
}

async function executeSegment(project: AuthoringProject, segment: readonly Action[], scratch: Scratch): Promise<void> {
  for (const part of committedParts(segment, (action) => action.sql, project.dialect.kind)) await executePart(project, part, scratch)
}

async function executePart(project: AuthoringProject, actions: readonly Action[], scratch: Scratch): Promise<void> {
  try {
    await scratch.connection.batch(
      actions.map((action) => ({ sql: action.sql })),
      { transaction: actions[0]?.transaction !== 'none' },
    )
  } catch (error) {
    const failed = isBatchFailure(error) ? error : undefined
    const action = actions[failed?.index ?? 0]
    const described = project.dialect.describeFailure(failed === undefined ? error : failed.cause)
    throw authoringErrors.YAMA_ENTITIES_REFUSED(
      { reason: described.message, scratch: scratch.description, object: action?.because.fact ?? '' },
      { cause: error, position: action?.because.origin, data: { sql: action?.sql } },
    )
  }
}
