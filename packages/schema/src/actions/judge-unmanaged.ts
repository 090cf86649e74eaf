import type { YamaError } from '@yama/core'
import type { Action } from '../contract/action.ts'
import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { FactBase, FactId, Unmanaged } from '../facts/fact.ts'

/**
 * Refuses what would take unmanaged objects along or make the server stop at them: dropping or replacing what they depend on, changing
 * in place what the server only changes while nothing depends on it (`disturbed`), and rebuilding their table where the
 * server printed no definition to recreate them from.
 */
export function judgeUnmanaged(before: FactBase, actions: readonly Action[], disturbed: ReadonlySet<FactId>): readonly YamaError[] {
  if (before.unmanaged.length === 0) return []
  const dependents = new Map<FactId, Unmanaged[]>()
  for (const one of before.unmanaged) {
    for (const id of new Set([...one.dependsOn, ...(one.table === undefined ? [] : [one.table])])) dependents.set(id, [...(dependents.get(id) ?? []), one])
  }
  const refusals = new Map<FactId, YamaError>()
  const refuse = (id: FactId, action: Action | undefined, blocks: (one: Unmanaged) => boolean): void => {
    const blocking = (dependents.get(id) ?? []).filter(blocks)
    if (blocking.length === 0 || refusals.has(id)) return
    const names = blocking.map((one) => `${one.kind} ${one.name}`).join(', ')
    refusals.set(id, schemaErrors.YAMA_SCHEMA_UNMANAGED_DEPENDS({ fact: describeFact(id), dependents: names }, { position: action?.because.origin, data: { unmanaged: blocking } }))
  }
  for (const action of actions) {
    for (const id of action.destroys) refuse(id, action, () => true)
    if (action.needs !== undefined) refuse(action.needs.subject, action, (one) => one.definition === undefined)
  }
  for (const id of disturbed) refuse(id, undefined, () => true)
  return [...refusals.values()]
}
