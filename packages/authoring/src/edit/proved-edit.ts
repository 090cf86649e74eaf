import { YamaError } from '@yama/core'
import { difference, type FactBase } from '@yama/schema'
import { describeDelta } from '../compare/describe-delta.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { historyNodes, replayHistory } from '../replay/replay-history.ts'
import { scratchPool } from '../replay/scratch-pool.ts'
import type { EditResult } from './edit-result.ts'
import { withFileChanges, type FileChanges } from './file-changes.ts'

/**
 * Writes the changes and replays everything: the files stay only where the migrations run, and what the final schema gained or lost
 * is told. Rejects with YAMA_REPLAY_FAILED, and everything is as it was, where they do not.
 */
export async function provedEdit(project: AuthoringProject, changes: FileChanges, changed: EditResult['changed']): Promise<EditResult> {
  await using pool = scratchPool(schemaDialect(project.dialect), project.scratch, project.notice)
  const replay = async (): Promise<FactBase> => await replayHistory(project, await historyNodes(project), pool)
  const before = await replay().catch((error: unknown) => {
    // A branch that does not run beside another is why somebody edits it; then only the result can be judged.
    if (YamaError.is(error) && error.code === 'YAMA_REPLAY_FAILED') return undefined
    throw error
  })
  const after = await withFileChanges(project.root, changes, replay)
  const paths = [...changes]
  return {
    written: paths.flatMap(([path, text]) => (text === undefined ? [] : [path])),
    removed: paths.flatMap(([path, text]) => (text === undefined ? [path] : [])),
    changed,
    compared: before !== undefined,
    differences: before === undefined ? [] : difference(before, after).map(describeDelta),
  }
}
