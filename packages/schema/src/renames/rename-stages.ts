import type { AnyDelta, Rename } from '../contract/delta.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { memberId, objectId, type MemberKind } from '../facts/fact-id.ts'
import type { AnyFact, FactBase, FactId, FactKind } from '../facts/fact.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'
import { renameFacts } from './rename-facts.ts'

/** One rename, and the states around it. */
export interface RenameStage {
  readonly delta: Extract<AnyDelta, { readonly change: 'rename' }>
  readonly before: FactBase
  readonly after: FactBase
}

// A table first, so that the rest is renamed under its new name.
const ORDER: readonly FactKind[] = ['schema', 'extension', 'enum', 'sequence', 'table', 'view', 'column', 'constraint', 'index']

/**
 * The renames one after the other: containers before what is in them, chains from their free end, and a circle of names through
 * a temporary one. Throws YAMA_SCHEMA_RENAME_INVALID.
 */
export function renameStages(before: FactBase, renames: readonly Rename[]): readonly RenameStage[] {
  const stages: RenameStage[] = []
  let base = before
  // Where every fact of `before` is by now.
  let place = (id: FactId): FactId => id
  for (const kind of ORDER) {
    const ofKind = renames.filter(({ from }) => from.startsWith(`${kind}:`))
    for (const rename of ofKind) checkRename(before, rename)
    const moved = ofKind.map(({ from, to }) => ({ from: place(from), to })).filter(({ from, to }) => from !== to)
    if (moved.length === 0) continue
    const renamed = renameFacts(base, moved)
    for (const step of sequential(moved)) {
      const from = factAt(step.from, base) ?? factAt(step.origin, base, step.from)
      const to = factAt(step.to, renamed.base) ?? factAt(step.origin, base, step.to)
      if (from === undefined || to === undefined) throw invalid(step, 'it is not there under that name')
      stages.push({ delta: { change: 'rename', kind, id: to.id, from, to } as RenameStage['delta'], before: base, after: renamed.base })
    }
    base = renamed.base
    const earlier = place
    place = (id) => renamed.id(earlier(id))
  }
  return stages
}

function checkRename(before: FactBase, rename: Rename): void {
  if (!before.facts.has(rename.from)) throw invalid(rename, 'the old name does not exist')
  if (parseFactId(rename.from).kind !== parseFactId(rename.to).kind) throw invalid(rename, 'they are of different kinds')
}

interface Step extends Rename {
  /** The name it had at first; differs from `from` on the way back from the temporary name. */
  readonly origin: FactId
}

/** Orders simultaneous renames so that each finds its new name free. */
function sequential(renames: readonly Rename[]): readonly Step[] {
  const pending = new Map(renames.map((rename) => [rename.from, rename.to]))
  const ordered: Step[] = []
  const last: Step[] = []
  const take = (from: FactId, to: FactId): void => {
    ordered.push({ from, to, origin: from })
    pending.delete(from)
  }
  while (pending.size > 0) {
    const held = new Map<string, number>()
    for (const from of pending.keys()) held.set(sharedName(from), (held.get(sharedName(from)) ?? 0) + 1)
    const free = [...pending].filter(([from, to]) => (held.get(sharedName(to)) ?? 0) === (sharedName(from) === sharedName(to) ? 1 : 0))
    for (const [from, to] of free) take(from, to)
    const [circle] = pending
    if (free.length > 0 || circle === undefined) continue
    const [from, to] = circle
    const aside = temporaryId(from)
    take(from, aside)
    last.push({ from: aside, to, origin: from })
  }
  return [...ordered, ...last]
}

/** Indexes, and the constraints that stand on one, share their names with those of other tables of the schema. */
function sharedName(id: FactId): string {
  const { kind, schema, table, name } = parseFactId(id)
  return table === undefined || kind === 'column' ? id : `${kind} ${schema} ${name}`
}

/** The fact of that id, or the one it was made from under a temporary name. */
function factAt(id: FactId, base: FactBase, as: FactId = id): AnyFact | undefined {
  const fact = base.facts.get(id)
  return fact === undefined || as === id ? fact : { ...fact, id: as, name: parseFactId(as).name }
}

function temporaryId(id: FactId): FactId {
  const { kind, schema, table, name } = parseFactId(id)
  const aside = `${name.slice(0, 50)}__yama_aside`
  return table === undefined ? objectId(kind, schema, aside) : memberId(kind as MemberKind, schema, table, aside)
}

function invalid({ from, to }: Rename, reason: string): Error {
  return schemaErrors.YAMA_SCHEMA_RENAME_INVALID({ from: describeFact(from), to: describeFact(to), reason })
}
