import type { Migration, SqlStep } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { groupByObject } from './group-by-object.ts'
import type { AppliedSet } from './refuse-applied.ts'
import { stemOf } from './rename.ts'
import { splitInto, type SplitPart } from './split-into.ts'

/**
 * Makes one migration for each table or other object of one that nobody has applied, in an order in which they run; objects that need
 * each other stay together. The first keeps the id, and each takes its part of the way back. Rejects with YAMA_EDIT_SPLIT_OBJECT where
 * it cannot be told or where all of it belongs together, and with YAMA_EDIT_APPLIED.
 */
export async function splitByObject(project: AuthoringProject, name: string, applied: readonly AppliedSet[]): Promise<EditResult> {
  return await splitInto(project, name, applied, async ({ migration }, graph) => {
    const refused = (reason: string): Error => authoringErrors.YAMA_EDIT_SPLIT_OBJECT({ id: migration.id, file: migration.file, reason })
    const judge = await project.dialect.commutativity?.()
    if (judge === undefined) throw refused('the dialect does not tell what statements touch')
    const above = graph.order().flatMap(({ migration: other }) => (other.id === migration.id ? [] : [other]))
    const up = sqlOf(migration.up)
    const down = migration.down === undefined ? undefined : sqlOf(migration.down)
    if (up === undefined || (migration.down !== undefined && down === undefined)) throw refused('not all of it is SQL')
    const groups = await groupByObject(judge, migration, up, down, above)
    if (typeof groups === 'string') throw refused(groups)
    const taken = new Set<string>()
    return groups.map((group, at): SplitPart => ({
      up: group.up,
      down: down === undefined ? undefined : group.down,
      ...(at === 0 ? {} : { words: wordsOf(group.objects[0] ?? '', taken) }),
    }))
  })
}

const sqlOf = (steps: Migration['up']): readonly SqlStep[] | undefined => {
  const found = steps.filter((step): step is SqlStep => step.kind === 'sql')
  return found.length === steps.length ? found : undefined
}

/** The object's name as part of a file's, each once. */
function wordsOf(object: string, taken: Set<string>): string {
  const stem = stemOf(object.slice(object.indexOf(':') + 1)) || 'part'
  let words = stem
  for (let number = 2; taken.has(words); number += 1) words = `${stem}_${number}`
  taken.add(words)
  return words
}
