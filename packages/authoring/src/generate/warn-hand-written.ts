import { toDiagnostic, type Diagnostic, type GraphNode, type Migration } from '@yama/core'
import { describeFact, type AnyDelta, type FactId } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'

/** Parts of a table go and come with every change of its entity; what is made by hand and forgotten is a thing of its own. */
const PARTS: ReadonlySet<AnyDelta['kind']> = new Set(['column', 'constraint', 'index', 'rows', 'grant', 'defaultPrivilege', 'owner'])

/** Objects that a change drops and a migration written by hand made: its author may not know that the entities have to say them too. */
export function warnHandWritten(deltas: readonly AnyDelta[], nodes: readonly GraphNode[]): readonly Diagnostic[] {
  const made = new Set(deltas.filter(({ change }) => change === 'add').map(({ id }) => id))
  const byFile = new Map<string, FactId[]>()
  const dropped = deltas.flatMap((delta) => (delta.change === 'drop' && !PARTS.has(delta.kind) && !made.has(delta.id) ? [delta.from] : []))
  const texts = dropped.length === 0 ? [] : nodes.map(({ migration }) => ({ migration, text: textOf(migration) })).toReversed()
  for (const fact of dropped) {
    const name = (fact.kind === 'function' ? fact.payload.name : fact.name).toLowerCase()
    // The last one that names it: what a generated migration made anew is known to the entities, or was.
    const maker = texts.find(({ text }) => text.includes(name))?.migration
    if (maker === undefined || maker.state !== undefined) continue
    byFile.set(maker.file, [...(byFile.get(maker.file) ?? []), fact.id])
  }
  return [...byFile].map(([file, ids]) => {
    const objects = ids.map(describeFact).join(', ')
    const context = { position: { file, line: 1, column: 1 } }
    return toDiagnostic(
      authoringErrors.YAMA_DROPS_HAND_WRITTEN({ objects, file, pronoun: ids.length === 1 ? 'it' : 'them' }, context),
      'warning',
    )
  })
}

const textOf = ({ up }: Migration): string =>
  up
    .map((step) => (step.kind === 'sql' ? step.text : ''))
    .join('\n')
    .toLowerCase()
