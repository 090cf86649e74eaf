import type { Fact } from '@yama/schema'

export interface RenamedValue {
  readonly old: string
  readonly value: string
}

/**
 * The values that have another name and mean the same, as the entity declares them: forwards where the new state does,
 * backwards where the old state did. A declaration whose old value is gone already says nothing.
 */
export function renamedValues(from: Fact<'enum'>, to: Fact<'enum'>): readonly RenamedValue[] {
  const forwards = Object.entries(to.renamedValues ?? {})
  const backwards = Object.entries(from.renamedValues ?? {}).map(([old, value]) => [value, old] as const)
  const taken = new Set<string>()
  return [...forwards, ...backwards].flatMap(([old, value]) => {
    const before = from.payload.values
    const after = to.payload.values
    if (
      !before.includes(old) ||
      after.includes(old) ||
      before.includes(value) ||
      !after.includes(value) ||
      taken.has(old) ||
      taken.has(value)
    )
      return []
    taken.add(old).add(value)
    return [{ old, value }]
  })
}

/** The values under their new names, in their old order. */
export function withNewNames(values: readonly string[], renamed: readonly RenamedValue[]): readonly string[] {
  return values.map((each) => renamed.find(({ old }) => old === each)?.value ?? each)
}
