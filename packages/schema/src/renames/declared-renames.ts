import type { Rename } from '../contract/delta.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { memberId, objectId, type MemberKind } from '../facts/fact-id.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { kindRank } from '../facts/kind-files.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'

/**
 * The renames that `was` declares: applied where the old name exists and the new one does not (or is itself renamed away), otherwise inert. The first
 * name of a list that exists wins. `decided` renames count as declared, so columns are looked for under their table's old name.
 * Throws YAMA_SCHEMA_RENAME_TWICE with both places where two facts claim one old name, YAMA_SCHEMA_RENAME_CIRCLE where facts that are
 * there claim each other's names: nobody could tell whether that was done already.
 */
export function declaredRenames(before: FactBase, after: FactBase, decided: readonly Rename[]): Rename[] {
  const renames = [...decided]
  const oldIds = new Map(decided.map(({ from, to }) => [to, from]))
  const claims = new Map<FactId, AnyFact | undefined>(decided.map(({ from, to }) => [from, after.facts.get(to)]))
  const claimants = [...after.facts.values()].filter((fact) => fact.was !== undefined && fact.was.length > 0)
  // Tables first: their columns are then looked for where they were.
  claimants.sort((a, b) => kindRank(a.kind) - kindRank(b.kind))
  // Again after every success: a name that was taken may have become free (a → b, b → c).
  for (let open = claimants, waiting: AnyFact[] = []; ; open = waiting, waiting = []) {
    const known = renames.length
    const blocked = new Map<FactId, Blocked>()
    for (const fact of open) {
      const parent = fact.parent === undefined ? undefined : (oldIds.get(fact.parent) ?? fact.parent)
      const from = (fact.was ?? []).flatMap((name) => oldIdsOf(fact, parent, name)).find((id) => before.facts.has(id))
      if (from === undefined || oldIds.has(fact.id)) continue
      const taken = idUnder(fact, parent, fact.name)
      if (before.facts.has(taken) && !claims.has(taken)) {
        waiting.push(fact)
        blocked.set(taken, { fact, from })
        continue
      }
      if (claims.has(from)) throw twice(from, claims.get(from), fact)
      claims.set(from, fact)
      oldIds.set(fact.id, from)
      renames.push({ from, to: fact.id })
    }
    if (renames.length > known && waiting.length > 0) continue
    refuseCircles(blocked)
    break
  }
  return renames
}

/** A fact whose own name is held by another one, and the old name that it claims. */
interface Blocked {
  readonly fact: AnyFact
  readonly from: FactId
}

function refuseCircles(blocked: ReadonlyMap<FactId, Blocked>): void {
  for (const [start, first] of blocked) {
    const circle = [first]
    const seen = new Set([start])
    let at = first.from
    for (let next = blocked.get(at); next !== undefined && !seen.has(at); next = blocked.get(at)) {
      circle.push(next)
      seen.add(at)
      at = next.from
    }
    if (at !== start) continue
    throw schemaErrors.YAMA_SCHEMA_RENAME_CIRCLE(
      { claims: circle.map(({ fact, from }) => `${describeFact(fact.id)} was ${parseFactId(from).name}`).join(', ') },
      { position: first.fact.origin, data: { places: circle.map(({ fact }) => fact.origin) } },
    )
  }
}

/** The id the fact would have under that name, beneath the old id of its table. */
export function idUnder(fact: AnyFact, parent: FactId | undefined, name: string): FactId {
  if (parent === undefined)
    return fact.kind === 'schema' || fact.kind === 'extension' ? objectId(fact.kind, '', name) : objectId(fact.kind, fact.schema, name)
  const table = parseFactId(parent)
  return memberId(fact.kind as MemberKind, table.schema, table.name, name)
}

function oldIdsOf(fact: AnyFact, parent: FactId | undefined, name: string): readonly FactId[] {
  const plain = idUnder(fact, parent, name)
  const dot = name.indexOf('.')
  // `was: old_schema.users` moves a table between schemas.
  return parent !== undefined || dot < 1 ? [plain] : [plain, objectId(fact.kind, name.slice(0, dot), name.slice(dot + 1))]
}

function twice(from: FactId, first: AnyFact | undefined, second: AnyFact): Error {
  return schemaErrors.YAMA_SCHEMA_RENAME_TWICE(
    {
      first: first === undefined ? 'A decision' : describeFact(first.id),
      second: describeFact(second.id),
      old: describeFact(from),
      name: parseFactId(from).name,
    },
    { position: second.origin, data: { places: [first?.origin, second.origin] } },
  )
}
