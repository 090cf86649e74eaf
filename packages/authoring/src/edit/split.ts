import type { SqlStep } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import type { AppliedSet } from './refuse-applied.ts'
import { splitInto } from './split-into.ts'

/**
 * Makes two migrations of one that nobody has applied: the first keeps the id and the first `after` statements. Each has its part of the
 * way back only where there is one statement of it for each of the way there. Rejects with YAMA_EDIT_SPLIT, YAMA_EDIT_APPLIED.
 */
export async function split(project: AuthoringProject, name: string, after: number, applied: readonly AppliedSet[]): Promise<EditResult> {
  return await splitInto(project, name, applied, ({ migration }) => {
    const up = migration.up.filter((step): step is SqlStep => step.kind === 'sql')
    const down = migration.down?.filter((step): step is SqlStep => step.kind === 'sql')
    const pairs = down === undefined || down.length === up.length
    if (up.length !== migration.up.length || !Number.isInteger(after) || after < 1 || after >= up.length || !pairs)
      throw authoringErrors.YAMA_EDIT_SPLIT({ id: migration.id, file: migration.file, count: up.length, back: down?.length ?? 0 })
    return [
      { up: up.slice(0, after), down: down?.slice(up.length - after) },
      { up: up.slice(after), down: down?.slice(0, up.length - after), words: '2' },
    ]
  })
}
