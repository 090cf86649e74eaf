import type { FactBase, Unmanaged } from '@yama/schema'
import type { DriftedObject, DriftOrigin } from './drifted-object.ts'

/** What the model does not carry is compared by its name and by the statement that the server prints for it. */
export function unmanagedDrift(history: FactBase, live: FactBase): readonly DriftedObject[] {
  const before = new Map(history.unmanaged.map((object) => [nameOf(object), object]))
  const after = new Map(live.unmanaged.map((object) => [nameOf(object), object]))
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return names.flatMap((name) => {
    const [from, to] = [before.get(name), after.get(name)]
    const origin = originOf(from, to)
    if (origin === undefined) return []
    const attributes = origin === 'changed' ? [{ attribute: 'definition', from: from?.definition, to: to?.definition }] : []
    return [
      {
        id: `unmanaged:${name}`,
        object: name,
        origin,
        verdict: 'by-hand' as const,
        managed: false,
        attributes,
        facts: [`unmanaged:${name}`],
      },
    ]
  })
}

const nameOf = ({ kind, name }: Unmanaged): string => `${kind} ${name}`

function originOf(from: Unmanaged | undefined, to: Unmanaged | undefined): DriftOrigin | undefined {
  if (from === undefined) return 'added'
  if (to === undefined) return 'removed'
  return from.definition === to.definition ? undefined : 'changed'
}
