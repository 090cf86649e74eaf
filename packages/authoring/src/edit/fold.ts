import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { buildGraph, linkHash, type GraphNode, type Migration, type MigrationGraph, type MigrationId, type SqlStep } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { migrationText } from './migration-text.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'
import { stemOf } from './rename.ts'

/**
 * Makes one migration of several that nobody has applied: their statements in the order of the graph, the way back in the opposite
 * one. It keeps the id and the place of the first. Rejects with YAMA_EDIT_FOLD, YAMA_EDIT_APPLIED, YAMA_REPLAY_FAILED; then nothing is
 * changed.
 */
export async function fold(
  project: AuthoringProject,
  names: readonly string[],
  words: string | undefined,
  applied: readonly AppliedSet[],
): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const chosen = new Set(names.map((name) => editableNode(graph, name, applied).migration.id))
  const nodes = graph.order().filter(({ migration }) => chosen.has(migration.id))
  const [first] = nodes
  const reason = first === undefined || nodes.length < 2 ? 'there are fewer than two' : whyNot(nodes, graph)
  if (first === undefined || reason !== undefined)
    throw authoringErrors.YAMA_EDIT_FOLD({ ids: [...chosen].join(', '), reason: reason ?? '' })
  const { id, file } = first.migration
  const below = new Set([...chosen].flatMap((each) => [...graph.descendants(each)]).filter((each) => !chosen.has(each)))
  refuseApplied(below, applied)
  const links = [...new Set(nodes.flatMap((node) => idsOf(node.migration)).filter((each) => !chosen.has(each)))]
  const parents = links.map((parent) => ({ id: parent, link: graph.get(parent)?.link ?? '' }))
  const text = foldedText(nodes, parents)
  const link = linkHash(
    parseSqlMigration(text, file, project.dialect).semanticHash,
    parents.map((parent) => parent.link),
  )
  const children = graph.order().filter(({ migration }) => !chosen.has(migration.id) && idsOf(migration).some((each) => chosen.has(each)))
  const texts = await newLinks(
    project.root,
    { get: (wanted) => (wanted === id ? { ...first, link } : graph.get(wanted)) },
    new Map(children.map(({ migration }) => [migration.id, [...new Set(idsOf(migration).map((each) => (chosen.has(each) ? id : each)))]])),
    graph.order().filter(({ migration }) => !chosen.has(migration.id)),
  )
  const target = words === undefined ? file : named(project, first.migration, words)
  const gone = nodes.map(({ migration }) => [migration.file, undefined] as const)
  return await provedEdit(project, new Map<string, string | undefined>([...gone, ...texts, [target, text]]), [id, ...below])
}

const idsOf = ({ parents }: Migration): readonly MigrationId[] => parents.map((parent) => parent.id)

function whyNot(nodes: readonly GraphNode[], graph: MigrationGraph): string | undefined {
  const chosen = new Set(nodes.map(({ migration }) => migration.id))
  const between = [...chosen]
    .flatMap((id) => [...graph.descendants(id)])
    .find((id) => !chosen.has(id) && [...graph.descendants(id)].some((other) => chosen.has(other)))
  if (between !== undefined) return `${between} stands between them`
  const migrations = nodes.map(({ migration }) => migration)
  const other = migrations.find(({ kind, up, down = [] }) => kind !== 'sql' || [...up, ...down].some((step) => step.kind !== 'sql'))
  if (other !== undefined) return `${other.id} is no SQL`
  const pair = migrations.find(({ file, name }) => posix.basename(file) !== `${name}.sql`)
  if (pair !== undefined) return `${pair.id} has several files`
  for (const [what, of] of SAME) {
    const found = [...new Set(migrations.map((migration) => of(migration)))]
    if (found.length > 1) return `their ${what} differ (${found.join(', ')})`
  }
  const back = migrations.filter(({ down }) => down !== undefined)
  return back.length === 0 || back.length === migrations.length ? undefined : 'some have a way back and some have none'
}

/** What one file says for all of its statements. */
const SAME: readonly (readonly [what: string, of: (migration: Migration) => string])[] = [
  ['phases', ({ phase }) => phase],
  ['transaction modes', ({ transaction }) => `${transaction.up}/${transaction.down}`],
  ['conditions', ({ appliesTo }) => appliesTo ?? 'none'],
  ['needs', ({ needs }) => (needs ?? []).join(' ')],
  ['kinds', ({ repeatable, covers }) => repeatable ?? (covers === undefined ? 'versioned' : 'checkpoint')],
]

const sql = (steps: Migration['up'] | undefined): readonly SqlStep[] => (steps ?? []).filter((step): step is SqlStep => step.kind === 'sql')

function foldedText(nodes: readonly GraphNode[], parents: Migration['parents']): string {
  const migrations = nodes.map(({ migration }) => migration)
  const first = migrations[0]!
  const all = (of: (migration: Migration) => string | undefined, joint: string): string | undefined => {
    const found = [...new Set(migrations.map(of).filter((each) => each !== undefined))]
    return found.length === 0 ? undefined : found.join(joint)
  }
  const ids = new Set(migrations.map(({ id }) => id))
  const [description, ticket] = [all(({ metadata }) => metadata.description, '; '), all(({ metadata }) => metadata.ticket, ', ')]
  const classes = migrations.map(({ reversibility }) => reversibility)
  const reversibility = classes.includes('irreversible') ? 'irreversible' : classes.includes('lossy') ? 'lossy' : first.reversibility
  return migrationText({
    id: first.id,
    parents,
    metadata: { ...first.metadata, ...(description === undefined ? {} : { description }), ...(ticket === undefined ? {} : { ticket }) },
    phase: first.phase,
    transaction: first.transaction,
    requires: [...new Set(migrations.flatMap(({ requires }) => requires))].filter((each) => !ids.has(each)),
    bodies: migrations.map(({ body }) => body),
    ...(first.needs === undefined ? {} : { needs: first.needs }),
    ...(first.appliesTo === undefined ? {} : { appliesTo: first.appliesTo }),
    ...(reversibility === undefined ? {} : { reversibility }),
    up: migrations.flatMap(({ up }) => sql(up)),
    down: first.down === undefined ? undefined : migrations.toReversed().flatMap(({ down }) => sql(down)),
  })
}

/** The first's number with other words. */
function named(project: AuthoringProject, { id, file, version }: Migration, words: string): string {
  const stem = stemOf(words)
  const next = posix.join(posix.dirname(file), `${version}${version === '' ? '' : '_'}${stem}.sql`)
  if (stem === '' || (next !== file && existsSync(join(project.root, next)))) throw authoringErrors.YAMA_EDIT_EXISTS({ id, file: next })
  return next
}
