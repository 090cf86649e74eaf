import type { YamaError } from '@yama/core'
import type { Action } from '../contract/action.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { objectId } from '../facts/fact-id.ts'
import type { FactBase, FactId, Unmanaged } from '../facts/fact.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'

// They are nothing without their object: dropping it is enough of a statement about them, replacing it is not.
const SATELLITES: ReadonlySet<string> = new Set(['grant', 'comment'])

/**
 * Refuses what would take unmanaged objects along or make the server stop at them: dropping or replacing what they depend on, changing
 * in place what the server only changes while nothing depends on it (`disturbed`), and rebuilding their table where the
 * server printed no definition to recreate them from. One refusal for each object.
 */
export function judgeUnmanaged(before: FactBase, actions: readonly Action[], disturbed: ReadonlySet<FactId>): readonly YamaError[] {
  if (before.unmanaged.length === 0) return []
  const dependents = groupDependents(before.unmanaged)
  const refusals: YamaError[] = []
  const told = new Set<string>()
  const refuse = (ids: Iterable<FactId>, action: Action | undefined, blocks: (one: Unmanaged) => boolean): void => {
    const [first] = ids
    const blocking = [...new Set([...ids].flatMap((id) => dependents.get(id) ?? []))].filter(blocks)
    if (first === undefined || blocking.length === 0) return
    const names = blocking.map((one) => `${one.kind} ${one.name}`).join(', ')
    if (told.has(first + names)) return
    told.add(first + names)
    refusals.push(
      schemaErrors.YAMA_SCHEMA_UNMANAGED_DEPENDS(
        { fact: describeFact(first), dependents: names },
        { position: action?.because.origin, data: { unmanaged: blocking } },
      ),
    )
  }
  for (const action of actions) {
    refuse(action.destroys, action, (one) => action.because.change === 'replace' || !SATELLITES.has(one.kind))
    if (action.needs !== undefined)
      refuse([action.needs.subject], action, (one) => one.definition === undefined && !SATELLITES.has(one.kind))
  }
  refusals.push(...takenNames(before, actions))
  for (const id of disturbed) refuse([id], undefined, (one) => !SATELLITES.has(one.kind))
  return refusals
}

function groupDependents(unmanaged: readonly Unmanaged[]): ReadonlyMap<FactId, readonly Unmanaged[]> {
  const groups = new Map<FactId, Unmanaged[]>()
  for (const one of unmanaged) {
    // An object keeps the schema it is in, whether the server says so or not.
    const schema = one.name.includes('.') ? [objectId('schema', '', one.name.slice(0, one.name.indexOf('.')))] : []
    for (const id of new Set([...one.dependsOn, ...(one.table === undefined ? [] : [one.table]), ...schema])) {
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [one])
      else group.push(one)
    }
  }
  return groups
}

// Functions and triggers have names of their own; these share theirs with tables.
const RELATIONS = /table|view|sequence|type|domain|partition/

function takenNames(before: FactBase, actions: readonly Action[]): readonly YamaError[] {
  const names = new Map(before.unmanaged.filter((one) => RELATIONS.test(one.kind)).map((one) => [one.name, one]))
  return actions.flatMap((action) =>
    action.produces.flatMap((id) => {
      const { kind, schema, name } = parseFactId(id)
      const taken = kind === 'column' || kind === 'constraint' ? undefined : names.get(schema === '' ? name : `${schema}.${name}`)
      if (taken === undefined) return []
      return [
        schemaErrors.YAMA_SCHEMA_UNMANAGED_NAME(
          { fact: describeFact(id), unmanaged: `${taken.kind} ${taken.name}` },
          { position: action.because.origin, data: { unmanaged: [taken] } },
        ),
      ]
    }),
  )
}
