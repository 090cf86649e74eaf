import { factBase, type AnyFact, type FactBase, type FactId, type FactKind } from '@yama/schema'
import type { FactGroup } from './fact-groups.ts'
import { mentionsOf, referencesOf, wordOf, type GroupReferences } from './group-references.ts'
import type { DescribeGroup, KnownBuild } from './known-build.ts'
import { isSequenceName } from './shared-names.ts'
import { stubFacts } from './stub-facts.ts'

/** What has to be built again, with what that needs. */
export interface Part {
  readonly desired: FactBase
  /** Groups whose canonical facts come from this build, and those which are gone. */
  readonly renewed: ReadonlySet<FactId>
  /** Groups that are left as they are, and are not built at all or only as something to point to. */
  readonly spared: ReadonlySet<FactId>
}

/**
 * How far a kind reaches beyond the names that mention it. `everywhere`: a change of one may change how anything is understood.
 * `acting`: while there is one, whatever is made may come out otherwise.
 */
const REACH = {
  schema: 'named',
  extension: 'everywhere',
  enum: 'named',
  domain: 'named',
  compositeType: 'named',
  rangeType: 'everywhere',
  object: 'everywhere',
  sequence: 'named',
  table: 'named',
  column: 'named',
  constraint: 'named',
  index: 'named',
  rows: 'named',
  function: 'named',
  view: 'named',
  trigger: 'named',
  rule: 'named',
  policy: 'named',
  statistics: 'named',
  publication: 'everywhere',
  eventTrigger: 'acting',
  grant: 'everywhere',
  defaultPrivilege: 'acting',
  owner: 'named',
} as const satisfies Record<FactKind, 'named' | 'everywhere' | 'acting'>

/** Of a state that differs in more than this share of its groups, all is built: it costs no more. */
const LARGEST_SHARE = 0.5

/**
 * The part of a state that must be built to know the whole, where the rest was built before: what changed, what mentions it, and what
 * both need. Undefined where that is not certain or not worth it: everything is built then.
 */
export function choosePart(
  desired: FactBase,
  groups: ReadonlyMap<FactId, FactGroup>,
  known: KnownBuild,
  describe: DescribeGroup,
): Part | undefined {
  const removed = [...known.stated.keys()].filter((root) => !groups.has(root))
  const changed = [...groups.values()].filter(({ root, digest }) => known.stated.get(root)?.digest !== digest)
  if (removed.some(reachesFar) || changed.some(({ root }) => reachesFar(root))) return undefined
  if ([...groups.keys()].some((root) => REACH[kindOf(root)] === 'acting')) return undefined

  const words = wordsOf(groups, removed)
  if (removed.some((root) => !words.named.has(root)) || changed.some(({ root }) => !words.named.has(root))) return undefined
  const references = new Map(
    [...groups.values()].map((group) => [group.root, referencesOf(describe(group), group.root, words.byWord)] as const),
  )
  const keptKeys = (group: FactGroup): boolean => known.stated.get(group.root)?.keys === describe(group).keys
  const moved = new Set([...removed, ...changed.filter((group) => !keptKeys(group)).map(({ root }) => root)])
  const renewed = findRenewed([...removed, ...changed.map(({ root }) => root)], moved, references)
  const { whole, stubs } = findSupport(renewed, groups, references, (facts, root) =>
    referencesOf(mentionsOf(facts, desired), root, words.byWord),
  )
  if (whole.size > groups.size * LARGEST_SHARE) return undefined
  if (namesCollide([...removed, ...changed.map(({ root }) => root)], whole, groups, known, describe)) return undefined

  const facts = [...groups.values()].flatMap((group) =>
    whole.has(group.root) ? group.facts : stubs.has(group.root) ? stubFacts(group) : [],
  )
  const spared = new Set([...groups.keys()].filter((root) => !whole.has(root)))
  return { desired: factBase(desired.tag, facts, desired.unmanaged), renewed: new Set([...renewed, ...removed]), spared }
}

const kindOf = (root: FactId): FactKind => root.slice(0, root.indexOf(':')) as FactKind
const reachesFar = (root: FactId): boolean => REACH[kindOf(root)] !== 'named'

interface Words {
  readonly byWord: ReadonlyMap<string, readonly FactId[]>
  /** Groups that have a word; the others cannot be found by it. */
  readonly named: ReadonlySet<FactId>
}

function wordsOf(groups: ReadonlyMap<FactId, FactGroup>, removed: readonly FactId[]): Words {
  const byWord = new Map<string, FactId[]>()
  const named = new Set<FactId>()
  const add = (root: FactId, word: string | undefined): void => {
    if (word === undefined) return
    named.add(root)
    const same = byWord.get(word)
    if (same === undefined) byWord.set(word, [root])
    else same.push(root)
  }
  for (const group of groups.values()) add(group.root, wordOf(group))
  for (const root of removed) add(root, removedWord(root))
  return { byWord, named }
}

/** Only the id of what is gone is known: its last part, a function's without arguments. */
const removedWord = (root: FactId): string | undefined => /^[^"]*?([\p{L}_][\p{L}\p{N}_$]*)(?:\([^"]*)?$/u.exec(root)?.[1]?.toLowerCase()

/** What changed, and whatever mentions that, and so on. Where its keys stayed (`moved` has it not), foreign keys to it stay as they are. */
function findRenewed(
  changed: readonly FactId[],
  moved: ReadonlySet<FactId>,
  references: ReadonlyMap<FactId, GroupReferences>,
): ReadonlySet<FactId> {
  const readers = new Map<FactId, FactId[]>()
  const pointers = new Map<FactId, FactId[]>()
  for (const [root, { reads, keys }] of references) {
    for (const id of reads) push(readers, id, root)
    for (const id of keys) push(pointers, id, root)
  }
  const renewed = new Set(changed.filter((root) => references.has(root)))
  const followed = new Set(moved)
  const queue = [...changed]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (followed.has(next)) for (const root of pointers.get(next) ?? []) renewed.add(root)
    for (const root of readers.get(next) ?? []) {
      renewed.add(root)
      // What it reads changed, so its own keys may come out otherwise.
      if (followed.has(root)) continue
      followed.add(root)
      queue.push(root)
    }
  }
  return renewed
}

function push(map: Map<FactId, FactId[]>, key: FactId, value: FactId): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

interface Support {
  readonly whole: ReadonlySet<FactId>
  /** Tables of which only keys are built, for something to point to. */
  readonly stubs: ReadonlySet<FactId>
}

/** Everything that the renewed groups need, and what that needs. */
function findSupport(
  renewed: ReadonlySet<FactId>,
  groups: ReadonlyMap<FactId, FactGroup>,
  references: ReadonlyMap<FactId, GroupReferences>,
  read: (facts: readonly AnyFact[], root: FactId) => GroupReferences,
): Support {
  const whole = new Set(renewed)
  const stubs = new Set<FactId>()
  // Schemas and extensions are few, and are needed without being named.
  for (const { root, kind } of groups.values()) if (kind === 'schema' || REACH[kind] === 'everywhere') whole.add(root)
  for (const group of groups.values()) if (group.kind !== 'table' && wordOf(group) === undefined) whole.add(group.root)
  const pending = [...whole].map((root) => ({ root, stub: false }))
  const need = (root: FactId, stub: boolean): void => {
    if (!groups.has(root) || whole.has(root) || (stub && stubs.has(root))) return
    if (stub) stubs.add(root)
    else whole.add(root)
    pending.push({ root, stub })
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const group = groups.get(next.root)
    if (group === undefined) continue
    const needed = next.stub ? read(stubFacts(group), group.root) : references.get(group.root)
    for (const root of needed?.reads ?? []) need(root, false)
    for (const root of needed?.keys ?? []) need(root, true)
  }
  for (const root of whole) stubs.delete(root)
  return { whole, stubs }
}

/** True where a name that came, changed or went is, or may be, also one of a group that is not built: only the server could tell. */
function namesCollide(
  changed: readonly FactId[],
  whole: ReadonlySet<FactId>,
  groups: ReadonlyMap<FactId, FactGroup>,
  known: KnownBuild,
  describe: DescribeGroup,
): boolean {
  const touched = new Set<string>()
  for (const root of changed) {
    for (const name of known.stated.get(root)?.names ?? []) touched.add(name)
    const group = groups.get(root)
    if (group === undefined) continue
    const { names, uncertain } = describe(group)
    if (uncertain) return true
    for (const name of names) touched.add(name)
  }
  const sequences = [...touched].some(isSequenceName)
  for (const group of groups.values()) {
    if (whole.has(group.root)) continue
    const { names, uncertain } = describe(group)
    if ((uncertain && sequences) || names.some((name) => touched.has(name))) return true
  }
  return false
}
