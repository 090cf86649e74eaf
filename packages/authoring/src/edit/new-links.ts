import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linkHash, type GraphNode, type MigrationGraph, type MigrationId } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'

/**
 * The headers of what gets other parents, and of everything below it, whose links follow from them: texts by path. `parents` are
 * the ids of those that change; the others keep theirs. Rejects with YAMA_EDIT_MODULE where a file is no SQL with a header.
 */
export async function newLinks(
  root: string,
  graph: Pick<MigrationGraph, 'get'>,
  parents: ReadonlyMap<MigrationId, readonly MigrationId[]>,
  order: readonly GraphNode[],
): Promise<Map<string, string>> {
  const links = new Map<MigrationId, string>()
  const texts = new Map<string, string>()
  for (const { migration } of order) {
    const own = parents.get(migration.id) ?? migration.parents.map(({ id }) => id)
    const isMoved = parents.has(migration.id) || own.some((id) => links.has(id))
    if (!isMoved) continue
    const stated = own.map((id) => ({ id, link: links.get(id) ?? graph.get(id)?.link ?? '' }))
    links.set(
      migration.id,
      linkHash(
        migration.semanticHash,
        stated.map(({ link }) => link),
      ),
    )
    texts.set(migration.file, withParents(await readFile(join(root, migration.file), 'utf8'), stated, migration.id, migration.file))
  }
  return texts
}

const LINE = /^(-- ?parents:).*$/m

function withParents(
  text: string,
  parents: readonly { readonly id: string; readonly link: string }[],
  id: MigrationId,
  file: string,
): string {
  if (!LINE.test(text)) throw authoringErrors.YAMA_EDIT_MODULE({ id, file }, { position: { file, line: 1, column: 1 } })
  const list = parents.length === 0 ? 'none' : parents.map((parent) => `${parent.id}@${parent.link}`).join(', ')
  return text.replace(LINE, (_, key: string) => `${key} ${list}`)
}
