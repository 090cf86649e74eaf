/** A value that is called otherwise after the change. */
export interface RenamedText {
  readonly old: string
  readonly value: string
}

interface Stated {
  readonly renamedValues?: Readonly<Record<string, string>>
}

/**
 * The declared renames that this change carries out: forwards where the new state declares them, backwards where the old one did. One whose old value
 * is gone already, or whose new one is there already, says nothing.
 */
export function renamedNames(
  from: Stated | undefined,
  to: Stated | undefined,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly RenamedText[] {
  const declared = [
    ...Object.entries(to?.renamedValues ?? {}),
    ...Object.entries(from?.renamedValues ?? {}).map(([old, value]) => [value, old] as const),
  ]
  const taken = new Set<string>()
  return declared.flatMap(([old, value]) => {
    if (!before.has(old) || after.has(old) || before.has(value) || !after.has(value) || taken.has(old) || taken.has(value)) return []
    taken.add(old).add(value)
    return [{ old, value }]
  })
}
