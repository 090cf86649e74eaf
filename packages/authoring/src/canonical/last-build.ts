import type { FactBase, FactId } from '@yama/schema'
import { isCached, readCached, readCachedFacts, writeCached, writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKey, cacheKeys, type CachePurpose } from '../cache/cache-key.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { FactGroup } from './fact-groups.ts'
import type { DescribeGroup, KnownBuild, KnownGroup } from './known-build.ts'

interface Stored {
  /** Name of the canonical facts in the cache. */
  readonly facts: string
  readonly groups: readonly (readonly [root: FactId, group: KnownGroup])[]
}

const FILE = '.json'

/** The last entities of this project that were built, whole or in part. Their facts are not read before they are asked for. */
export async function readLastBuild(project: AuthoringProject): Promise<KnownBuild | undefined> {
  const { cacheDirectory } = project
  const stored = await readCached(cacheDirectory, cacheKey('entities-last', project, []) + FILE, (text) => JSON.parse(text) as Stored)
  if (stored === undefined || !isCached(cacheDirectory, stored.facts)) return undefined
  let reading: Promise<FactBase | undefined> | undefined
  return { stated: new Map(stored.groups), canonical: () => (reading ??= readCachedFacts(cacheDirectory, stored.facts)) }
}

/** Keeps a build, so that the next one makes only what differs. */
export async function writeLastBuild(
  project: AuthoringProject,
  built: {
    readonly purpose: CachePurpose
    readonly inputs: readonly string[]
    readonly groups: ReadonlyMap<FactId, FactGroup>
    readonly describe: DescribeGroup
    readonly canonical: FactBase
    readonly major: number
  },
): Promise<void> {
  const { cacheDirectory } = project
  if (cacheDirectory === undefined) return
  const keys = cacheKeys(built.purpose, project, built.inputs, built.major)
  await writeCachedFacts(cacheDirectory, keys, built.canonical)
  const groups = [...built.groups.values()].map((group) => [group.root, built.describe(group)] as const)
  const stored: Stored = { facts: keys.at(-1) ?? '', groups }
  const names = cacheKeys('entities-last', project, [], built.major).map((key) => key + FILE)
  await writeCached(cacheDirectory, names, JSON.stringify(stored))
}
