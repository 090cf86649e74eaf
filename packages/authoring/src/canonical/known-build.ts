import type { FactBase, FactId } from '@yama/schema'
import type { FactGroup } from './fact-groups.ts'
import { sharedNames } from './shared-names.ts'

/** A state that was built before: what was stated, in short, and what the server made of it. */
export interface KnownBuild {
  readonly stated: ReadonlyMap<FactId, KnownGroup>
  readonly canonical: FactBase
}

/** What is kept of a group that was stated: enough to see that it changed, and which names it had taken. */
export interface KnownGroup {
  readonly digest: string
  readonly keys: string
  readonly names: readonly string[]
}

/** What to keep of a state for the next build. */
export function knownGroups(groups: ReadonlyMap<FactId, FactGroup>, identifierLimit: number): ReadonlyMap<FactId, KnownGroup> {
  return new Map(
    [...groups].map(([root, group]) => {
      const { names } = sharedNames(group, identifierLimit)
      return [root, { digest: group.digest, keys: group.keys, names }]
    }),
  )
}
