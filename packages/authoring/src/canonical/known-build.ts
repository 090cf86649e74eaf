import type { FactBase, FactId } from '@yama/schema'
import { keysDigest, type FactGroup } from './fact-groups.ts'
import { mentionsOf, type Mentions } from './group-references.ts'
import { sharedNames, type NamingRules, type SharedNames } from './shared-names.ts'

/** A state that was built before: what was stated, in short, and what the server made of it. */
export interface KnownBuild {
  readonly stated: ReadonlyMap<FactId, KnownGroup>
  /** Read when first asked for; undefined where that is not to be had any more. */
  readonly canonical: () => Promise<FactBase | undefined>
}

/** What is kept of a group that was stated: enough to see that it changed, which names it had taken, and what it mentions. */
export interface KnownGroup extends Mentions, SharedNames {
  readonly digest: string
  /** Of all that a foreign key to it can see. */
  readonly keys: string
}

/** What a group says about itself, read once; of one that was stated before with the same words, what was read then. */
export type DescribeGroup = (group: FactGroup) => KnownGroup

/** Describes groups of a base. */
export function groupDescriber(base: FactBase, known: KnownBuild | undefined, dialect: NamingRules): DescribeGroup {
  const described = new Map<FactGroup, KnownGroup>()
  return (group) => {
    let found = described.get(group)
    if (found === undefined) {
      const before = known?.stated.get(group.root)
      found =
        before?.digest === group.digest
          ? before
          : { digest: group.digest, keys: keysDigest(group), ...sharedNames(group, dialect), ...mentionsOf(group.facts, base) }
      described.set(group, found)
    }
    return found
  }
}
