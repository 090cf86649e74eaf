import type { GraphNode } from '../contract/graph.ts'
import type { JsonValue } from '../contract/history.ts'
import { parentLinks, rowKind, type RowFields } from './migration-row.ts'

/** What an event says of a migration, so that its row can be made again from the log alone; the text is in the row and in the file. */
export function rowPayload({ migration, parents, link }: GraphNode, linkOf: RowFields['linkOf']): Readonly<Record<string, JsonValue>> {
  const { name, file, rawHash, semanticHash, state, covers } = migration
  return {
    name,
    kind: rowKind(migration),
    file,
    link,
    raw: rawHash,
    semantic: semanticHash,
    parents: parentLinks(parents, linkOf),
    ...(covers === undefined ? {} : { covers: covers.map((original) => original.id) }),
    ...(state === undefined ? {} : { before: state.before, after: state.after }),
  }
}
