import { existsSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { buildGraph, linkHash, type GraphNode, type MigrationGraph, type MigrationId, type SqlStep } from '@yama/core'
import { newMigrationId, parseSqlMigration } from '@yama/core/files'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { migrationText } from './migration-text.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'

/** What one of the migrations runs; `words` come behind the name of the file, absent for the first. */
export interface SplitPart {
  readonly up: readonly SqlStep[]
  readonly down: readonly SqlStep[] | undefined
  readonly words?: string
}

/**
 * Makes a line of migrations of one that nobody has applied: the first keeps the id and the file, what followed it follows the last.
 * Rejects with YAMA_EDIT_APPLIED, YAMA_EDIT_EXISTS, YAMA_REPLAY_FAILED, and with whatever `parts` does; then nothing is changed.
 */
export async function splitInto(
  project: AuthoringProject,
  name: string,
  applied: readonly AppliedSet[],
  parts: (node: GraphNode, graph: MigrationGraph) => readonly SplitPart[] | Promise<readonly SplitPart[]>,
): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const node = editableNode(graph, name, applied)
  const { migration } = node
  const below = graph.descendants(migration.id)
  refuseApplied(below, applied)
  const texts = new Map<string, string>()
  const links = new Map<MigrationId, string>()
  let parents = migration.parents.map(({ id, link }) => ({ id, link: link ?? graph.get(id)?.link ?? '' }))
  for (const { up, down, words } of await parts(node, graph)) {
    const id = words === undefined ? migration.id : newMigrationId()
    const file = words === undefined ? migration.file : fileBeside(project, migration.file, words)
    const text = migrationText({ ...migration, id, parents, up, down, bodies: [migration.body] })
    const link = linkHash(
      parseSqlMigration(text, file, project.dialect).semanticHash,
      parents.map((parent) => parent.link),
    )
    texts.set(file, text)
    links.set(id, link)
    parents = [{ id, link }]
  }
  const [last] = parents
  const moved = await newLinks(
    project.root,
    { get: (wanted) => (links.has(wanted) ? { ...node, link: links.get(wanted)! } : graph.get(wanted)) },
    new Map(
      node.children.map((child) => [child, graph.get(child)!.migration.parents.map(({ id }) => (id === migration.id ? last!.id : id))]),
    ),
    graph.order().filter(({ migration: { id } }) => id !== migration.id),
  )
  return await provedEdit(project, new Map<string, string | undefined>([...moved, ...texts]), [...links.keys(), ...below])
}

function fileBeside({ root }: AuthoringProject, file: string, words: string): string {
  const next = posix.join(dirname(file), `${basename(file, '.sql')}_${words}.sql`)
  if (existsSync(join(root, next))) throw authoringErrors.YAMA_EDIT_EXISTS({ id: file, file: next })
  return next
}
