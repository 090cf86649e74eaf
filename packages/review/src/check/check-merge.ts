import {
  buildGraph,
  compareMigrations,
  conflictError,
  judgeGraph,
  toDiagnostic,
  YamaError,
  type Diagnostic,
  type Dialect,
  type Migration,
  type MigrationGraph,
  type PolicyConfig,
} from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'
import { checkPolicy, isOneWay } from './check-policy.ts'
import { definedTwice } from './defined-twice.ts'

/** The migrations of the sides of a merge. */
export interface MergeSides {
  /** What is merged with, for people: `origin/main`. */
  readonly base: string
  readonly before: readonly Migration[]
  readonly theirs: readonly Migration[]
  readonly merged: readonly Migration[]
}

const at = ({ file }: Migration) => ({ position: { file, line: 1, column: 1 } })
const byId = (list: readonly Migration[]): ReadonlyMap<string, Migration> => new Map(list.map((migration) => [migration.id, migration]))

/**
 * What a merge would bring about: edited and deleted ancestors, a graph that does not hold, branches whose order matters, the same change
 * twice, numbers that come too late. Nothing is run.
 */
export async function checkMerge(
  { base, before, theirs, merged }: MergeSides,
  dialect: Dialect,
  policy: PolicyConfig = {},
): Promise<readonly Diagnostic[]> {
  const [known, there] = [byId(before), byId(theirs)]
  const found: Diagnostic[] = [...changedAncestors(base, theirs, byId(merged))]
  let graph: MigrationGraph
  try {
    graph = buildGraph(merged)
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return [...found, toDiagnostic(error, 'error')]
  }
  const added = merged.filter(({ id }) => !known.has(id))
  const fresh = new Set(added.map(({ id }) => id))
  for (const conflict of await judgeGraph(graph, dialect, (id) => fresh.has(id)))
    found.push(toDiagnostic(conflictError(conflict, graph), 'error'))
  found.push(...duplicates(added, merged))
  const files = new Set(added.map(({ file }) => file))
  const judge = await dialect.commutativity?.()
  // What is new can still be changed.
  if (judge !== undefined)
    for (const told of await definedTwice(graph, judge))
      if (files.has(told.position?.file ?? '')) found.push({ ...told, severity: 'error' })
  found.push(...(await checkPolicy(graph, policy, judge, ({ id }) => fresh.has(id) && !there.has(id))))
  const ours = added.filter(({ id }) => !there.has(id))
  const last = theirs
    .filter(({ headerless }) => headerless)
    .sort(compareMigrations)
    .at(-1)
  for (const migration of ours) {
    if (last !== undefined && migration.headerless && compareMigrations(migration, last) < 0)
      found.push(
        toDiagnostic(
          reviewErrors.YAMA_CHECK_LATE({ id: migration.id, file: migration.file, after: last.id, where: base }, at(migration)),
          'error',
        ),
      )
    if (policy.downs !== true && isOneWay(migration))
      found.push(toDiagnostic(reviewErrors.YAMA_CHECK_NO_DOWN({ id: migration.id, file: migration.file }, at(migration)), 'warning'))
  }
  return found
}

function changedAncestors(base: string, theirs: readonly Migration[], merged: ReadonlyMap<string, Migration>): readonly Diagnostic[] {
  return theirs.flatMap((migration) => {
    const now = merged.get(migration.id)
    const { id, file } = migration
    if (now === undefined) return [toDiagnostic(reviewErrors.YAMA_CHECK_DELETED({ id, file, base }, at(migration)), 'error')]
    // Repeatable ones are there to be changed.
    if (now.semanticHash === migration.semanticHash || now.repeatable !== undefined) return []
    return [toDiagnostic(reviewErrors.YAMA_CHECK_EDITED({ id, file, base }, at(now)), 'error')]
  })
}

function duplicates(added: readonly Migration[], merged: readonly Migration[]): readonly Diagnostic[] {
  const byMeaning = new Map<string, Migration>()
  const isNew = new Set(added.map(({ id }) => id))
  const found: Diagnostic[] = []
  for (const migration of merged) {
    if (migration.up.length === 0 || migration.repeatable !== undefined) continue
    const twin = byMeaning.get(migration.semanticHash)
    byMeaning.set(migration.semanticHash, migration)
    if (twin === undefined || !(isNew.has(migration.id) || isNew.has(twin.id))) continue
    found.push(toDiagnostic(reviewErrors.YAMA_CHECK_DUPLICATE({ one: twin.id, other: migration.id }, at(migration)), 'error'))
  }
  return found
}
