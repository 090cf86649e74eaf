import { basename, dirname, posix } from 'node:path'
import { buildGraph, linkHash, type Migration, type MigrationGraph, type MigrationId, type SqlStep } from '@yama/core'
import { newMigrationId, parseSqlMigration } from '@yama/core/files'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { migrationText } from './migration-text.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'

/**
 * Makes two migrations of one that nobody has applied: the first keeps the id and the first `after` statements. Each has its part of the
 * way back only where there is one statement of it for each of the way there. Rejects with YAMA_EDIT_SPLIT, YAMA_EDIT_APPLIED.
 */
export async function split(project: AuthoringProject, name: string, after: number, applied: readonly AppliedSet[]): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const node = editableNode(graph, name, applied)
  const { migration } = node
  const below = graph.descendants(migration.id)
  refuseApplied(below, applied)
  const up = migration.up.filter((step): step is SqlStep => step.kind === 'sql')
  const down = migration.down?.filter((step): step is SqlStep => step.kind === 'sql')
  const pairs = down === undefined || down.length === up.length
  if (up.length !== migration.up.length || !Number.isInteger(after) || after < 1 || after >= up.length || !pairs)
    throw authoringErrors.YAMA_EDIT_SPLIT({ id: migration.id, file: migration.file, count: up.length, back: down?.length ?? 0 })
  const first = textOf(migration, migration.id, migration.parents, up.slice(0, after), down?.slice(up.length - after))
  const secondId = newMigrationId()
  const firstLink = linkHash(
    parseSqlMigration(first, migration.file, project.dialect).semanticHash,
    migration.parents.map(({ id, link }) => link ?? graph.get(id)?.link ?? ''),
  )
  const second = textOf(migration, secondId, [{ id: migration.id, link: firstLink }], up.slice(after), down?.slice(0, up.length - after))
  const secondFile = posix.join(dirname(migration.file), `${basename(migration.file, '.sql')}_2.sql`)
  const moved = await newLinks(
    project.root,
    withLink(graph, secondId, secondLink(second, secondFile, firstLink, project)),
    childParents(node.children, migration.id, secondId, graph),
    graph.order().filter(({ migration: { id } }) => id !== migration.id),
  )
  return await provedEdit(project, new Map<string, string | undefined>([...moved, [migration.file, first], [secondFile, second]]), [
    migration.id,
    secondId,
    ...below,
  ])
}

const textOf = (
  migration: Migration,
  id: MigrationId,
  parents: Migration['parents'],
  up: readonly SqlStep[],
  down: readonly SqlStep[] | undefined,
): string => migrationText({ ...migration, id, parents, up, down, bodies: [migration.body] })

const secondLink = (text: string, file: string, firstLink: string, { dialect }: AuthoringProject): string =>
  linkHash(parseSqlMigration(text, file, dialect).semanticHash, [firstLink])

/** The graph as `newLinks` asks it: with the link of the second part. */
function withLink(graph: MigrationGraph, id: MigrationId, link: string): Pick<MigrationGraph, 'get'> {
  const [node] = graph.order()
  return { get: (wanted) => (wanted === id && node !== undefined ? { ...node, link } : graph.get(wanted)) }
}

function childParents(
  children: readonly MigrationId[],
  first: MigrationId,
  second: MigrationId,
  graph: { get(id: MigrationId): { readonly migration: Migration } | undefined },
): ReadonlyMap<MigrationId, readonly MigrationId[]> {
  return new Map(children.map((child) => [child, graph.get(child)!.migration.parents.map(({ id }) => (id === first ? second : id))]))
}
