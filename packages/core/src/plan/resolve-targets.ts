import type { MigrationGraph } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { closestName } from '../errors/closest-name.ts'
import { coreErrors } from '../errors/errors.ts'
import { resolveTarget } from './resolve-target.ts'

/** `+2` and `-1`: counted from where the database stands. */
export const relativeCount = (target: string): number | undefined => (/^[+-]\d{1,6}$/.test(target) ? Number(target) : undefined)

/** What a tag binds: the heads of a release. */
export function readTags(history: HistoryState | undefined): ReadonlyMap<string, readonly MigrationId[]> {
  const tags = new Map<string, readonly MigrationId[]>()
  for (const [key, value] of Object.entries(history?.meta ?? {}))
    if (key.startsWith('tag:') && value !== '') tags.set(key.slice(4), JSON.parse(value) as MigrationId[])
  return tags
}

/**
 * The migrations that a target means, all of them reached together; none for `base`. Besides what `resolveTarget` takes:
 * `head` (`latest`), `base`, `tag:v1.4` (also `v1.4`, where nothing else has that name), `ID+1` and `ID-1` along the order of
 * the graph, and `@{2026-11-20}`, what was applied at that time. Throws YAMA_TARGET_….
 *
 * @example resolveTargets('head-2', graph, history) // ['018_orders']
 */
export function resolveTargets(target: string, graph: MigrationGraph, history: HistoryState | undefined): readonly MigrationId[] {
  if (target === 'base') return []
  if (target === 'head' || target === 'latest') return graph.heads()
  if (target.startsWith('tag:')) return tagged(target.slice(4), history)
  const at = /^@\{(.+)\}$/.exec(target)?.[1]
  if (at !== undefined) return appliedAt(at, history)
  const step = /^(.+)([+-]\d{1,6})$/.exec(target)
  const direct = step === null || graph.get(target) !== undefined ? undefined : stepped(step[1]!, Number(step[2]), graph, history)
  if (direct !== undefined) return direct
  try {
    return [resolveTarget(target, graph, history)]
  } catch (error) {
    const tag = readTags(history).get(target)
    if (tag !== undefined) return tag
    throw error
  }
}

function tagged(name: string, history: HistoryState | undefined): readonly MigrationId[] {
  const tags = readTags(history)
  const found = tags.get(name)
  if (found !== undefined) return found
  const near = closestName(name, tags.keys())
  throw coreErrors.YAMA_TARGET_TAG({ name, suggestion: near === undefined ? '' : ` Did you mean ${near}?` })
}

/** The maximal ones are enough: whoever reaches them reaches what they need. */
function appliedAt(text: string, history: HistoryState | undefined): readonly MigrationId[] {
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59.999Z` : /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(time)) throw coreErrors.YAMA_TARGET_TIME({ text })
  return (history?.migrations ?? [])
    .filter(({ status, appliedAt: at }) => status === 'applied' && Date.parse(at) <= time)
    .map(({ id }) => id)
}

/** Undefined where the part before the sign names nothing: names may end in `-2`. */
function stepped(from: string, by: number, graph: MigrationGraph, history: HistoryState | undefined): readonly MigrationId[] | undefined {
  const order = graph.order().map(({ migration }) => migration.id)
  let place = from === 'head' || from === 'latest' ? order.length - 1 : from === 'base' ? -1 : undefined
  if (place === undefined) {
    try {
      place = order.indexOf(resolveTargets(from, graph, history).at(-1) ?? '')
    } catch {
      return undefined
    }
  }
  const wanted = place + by
  if (wanted === -1) return []
  const id = order[wanted]
  if (id === undefined) throw coreErrors.YAMA_TARGET_RANGE({ target: `${from}${by < 0 ? '' : '+'}${by}`, count: order.length })
  return [id]
}
