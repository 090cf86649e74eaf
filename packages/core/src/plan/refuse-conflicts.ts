import type { GraphNode } from '../contract/graph.ts'
import type { Migration, SourcePosition } from '../contract/migration.ts'
import type { MigrationConflict } from '../contract/effects.ts'
import { coreErrors } from '../errors/errors.ts'
import { statementLine } from '../errors/statement-line.ts'
import type { YamaError } from '../errors/yama-error.ts'
import { presentRows } from './compare-history.ts'
import type { PlanInput } from './plan-input.ts'

const NONE: readonly Migration[] = Object.freeze([])

/** The same pair in the words of an error, for plans and for checks. */
export function conflictError({ one, other, object, why, statements }: MigrationConflict, graph: PlanInput['graph']): YamaError {
  const [first = '', second = ''] = statements.map(shown)
  const position = placeOf(graph.get(other), statements[1])
  return coreErrors.YAMA_GRAPH_CONFLICT(
    { one, other, object, why, first, second },
    { ...(position === undefined ? {} : { position }), data: { one, other, object, statements } },
  )
}

/**
 * Refuses to run a migration beside another, done or about to be, where their order matters and nobody has decided it; and one
 * that a merge, or its place in the graph, puts before what is applied already.
 */
export function refuseConflicts(chosen: readonly GraphNode[], { conflicts = [], reversed = [], history, graph }: PlanInput): void {
  const there = new Set(presentRows(history).map(({ id }) => id))
  // Where nothing is there yet, nothing can come too late for a decided order.
  const merges = (there.size === 0 ? [] : graph.order()).flatMap(({ migration }) =>
    migration.merge?.order === undefined ? NONE : [migration],
  )
  if (conflicts.length === 0 && reversed.length === 0 && merges.length === 0) return
  const running = new Set(chosen.map(({ migration }) => migration.id))
  const counts = (id: string): boolean => running.has(id) || there.has(id)
  const met = conflicts.filter(({ one, other }) => (running.has(one) || running.has(other)) && counts(one) && counts(other))
  const first = met[0]
  if (first !== undefined) throw conflictError(first, graph)
  for (const migration of merges) {
    for (const [index, id] of (migration.merge?.order ?? []).entries()) {
      const later = migration.merge?.order?.slice(index + 1).find((other) => there.has(other))
      if (running.has(id) && !there.has(id) && later !== undefined)
        throw coreErrors.YAMA_GRAPH_ORDER({ id, later, merge: migration.id, file: migration.file })
    }
  }
  const behind = reversed.find(({ one, other }) => running.has(one) || running.has(other))
  if (behind !== undefined) throw behindError(behind, running, graph)
}

function behindError(
  { one, other, object, why, statements }: MigrationConflict,
  running: ReadonlySet<string>,
  graph: PlanInput['graph'],
): YamaError {
  const [id, later, ...texts] = running.has(one) ? [one, other, ...statements] : [other, one, ...statements.toReversed()]
  const [first = '', second = ''] = texts.map(shown)
  const position = placeOf(graph.get(id), texts[0]) ?? { file: id, line: 1, column: 1 }
  return coreErrors.YAMA_GRAPH_BEHIND(
    { id, file: position.file, later, object, why, first, second },
    { position, data: { id, later, object, statements } },
  )
}

/** Where the statement stands in its file; the file's beginning where it is none of the file's own. */
function placeOf(node: GraphNode | undefined, statement: string | undefined): SourcePosition | undefined {
  if (node === undefined) return undefined
  const { file, up } = node.migration
  const step = up.find((each) => each.kind === 'sql' && each.text === statement)
  return step?.position ?? { file, line: 1, column: 1 }
}

const shown = (text: string): string => statementLine(text, 120)
