import type { GraphNode } from '../contract/graph.ts'
import type { StoredMigration } from '../contract/config.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { Edit } from '../contract/run.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Nobody reads more differences in one go; the rest is named without its text. */
const SHOWN = 20

/** The way back has a file of its own: `x.up.sql`, `x_up.sql`, `x/up.postgres.sql`. */
const PAIR = /(?:^|[._/])up(?:\.\w+)*\.sql$/i

/** What was run against what the files say, for each edited migration. A way back in a file of its own counts too. */
export async function describeEdits(
  edited: readonly GraphNode[],
  stored: (id: MigrationId) => Promise<StoredMigration | undefined>,
): Promise<readonly Edit[]> {
  const edits: Edit[] = []
  for (const [at, { migration }] of edited.entries()) {
    const { id, file, body, downBody } = migration
    const was = at < SHOWN ? await stored(id) : undefined
    const names = { from: `${file} as it was run`, to: file }
    const up = was === undefined ? '' : unifiedDiff(was.body, body, names)
    const backNames = { from: `way back of ${names.from}`, to: `way back of ${file}` }
    // In one file with the way forward it is part of the first difference.
    const down = was === undefined || (up !== '' && !PAIR.test(file)) ? '' : unifiedDiff(was.downBody ?? '', downBody ?? '', backNames)
    edits.push({ id, file, diff: up + down })
  }
  return edits
}
