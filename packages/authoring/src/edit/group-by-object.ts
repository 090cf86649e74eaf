import type { Commutativity, Effect, Migration, SqlStep, StatementEffects } from '@yama/core'

/** The statements of one migration that are about one object, or about several that need each other. */
export interface ObjectGroup {
  readonly objects: readonly string[]
  readonly up: readonly SqlStep[]
  readonly down: readonly SqlStep[]
}

/** Statements by number, with the objects that they are about. */
interface Part {
  readonly objects: Set<string>
  readonly up: number[]
  readonly down: number[]
}

/**
 * Puts the statements of a migration together by the object that they are about, in an order that keeps what depends on each other in
 * its order; or says why that cannot be.
 */
export async function groupByObject(
  judge: Commutativity,
  migration: Migration,
  up: readonly SqlStep[],
  down: readonly SqlStep[] | undefined,
  others: readonly Migration[],
): Promise<readonly ObjectGroup[] | string> {
  const effects = await judge.effectsOf(up.map(({ text }) => text))
  const back = await judge.effectsOf((down ?? []).map(({ text }) => text))
  const unread = [...effects, ...back].find(({ unknown }) => unknown !== undefined)
  if (unread !== undefined) return `what one of its statements touches cannot be told: ${unread.unknown ?? ''}`
  const owners = ownersOf(up, effects)
  const parts = partsOf(owners)
  const meets = await meeting(judge, migration, up, others)
  const order = joined(parts, meets)
  if (order.length < 2) return 'all of it is about one object, or about objects that need each other'
  const lost = assignDown(order, effects, back, down ?? [])
  if (lost !== undefined) return `to which object this statement of the way back belongs cannot be told: ${lost}`
  const reversed = order.toReversed().flatMap((part) => part.down)
  const crossed = await meeting(judge, migration, down ?? [], others)
  for (const [at, later] of reversed.entries())
    if (reversed.slice(0, at).some((earlier) => earlier > later && crossed(later, earlier)))
      return 'its way back does not go the opposite way'
  return order.map((part) => ({
    objects: [...part.objects],
    up: part.up.map((at) => up[at]!),
    down: part.down.map((at) => down![at]!),
  }))
}

const isChange = ({ object, access, member }: Effect): boolean =>
  access !== 'read' && member !== 'on:truncate' && !object.startsWith('schema-objects:')

/** What each statement is about; an index is about its table. */
function ownersOf(statements: readonly SqlStep[], effects: readonly StatementEffects[]): readonly string[] {
  const tableOf = new Map<string, string>()
  let last = ''
  return effects.map((found, at) => {
    const changed = found.effects.filter(isChange)
    const text = statements[at]?.text ?? ''
    const inside = changed.find(({ member }) => member !== undefined)?.object
    const read = found.effects.find(({ access, facet }) => access === 'read' && facet === 'exist')?.object
    const first = changed[0]?.object
    const isIndex = /^\s*create\s+(unique\s+)?(fulltext\s+|spatial\s+)?index\b/i.test(text)
    const owner = isIndex ? (read ?? first) : (inside ?? first ?? read ?? last)
    last = tableOf.get(owner ?? '') ?? owner ?? last
    // What belongs to the table under a name of its own, or is the same table under another name.
    for (const { object, member } of changed) if (member === undefined && object.startsWith('relation:')) tableOf.set(object, last)
    return last
  })
}

/** The statements by owner, each as it comes first. */
function partsOf(owners: readonly string[]): readonly Part[] {
  const parts = new Map<string, Part>()
  for (const [at, owner] of owners.entries()) {
    const part = parts.get(owner) ?? { objects: new Set([owner]), up: [], down: [] }
    part.up.push(at)
    parts.set(owner, part)
  }
  return [...parts.values()]
}

/** Whether the order of two statements matters. */
async function meeting(
  judge: Commutativity,
  migration: Migration,
  statements: readonly SqlStep[],
  others: readonly Migration[],
): Promise<(one: number, other: number) => boolean> {
  const single = statements.map((step, at): Migration => ({ ...migration, id: String(at), up: [step], down: [] }))
  const found = await judge.conflicts(single, () => true, others)
  const pairs = new Set(found.flatMap(({ one, other }) => [`${one} ${other}`, `${other} ${one}`]))
  return (one, other) => pairs.has(`${one} ${other}`)
}

/** The parts in an order in which every statement finds what it needs; parts that go round in a circle become one. */
function joined(parts: readonly Part[], meets: (one: number, other: number) => boolean): readonly Part[] {
  const precedes = (one: Part, other: Part): boolean => one.up.some((at) => other.up.some((later) => at < later && meets(at, later)))
  const order = [...parts]
  for (;;) {
    const reach = order.map((from) => reachable(from, order, precedes))
    const at = order.findIndex((part, index) => [...reach[index]!].some((other) => reach[order.indexOf(other)]!.has(part)))
    if (at < 0) break
    const circle = order.filter((other, index) => order[at] === other || (reach[at]!.has(other) && reach[index]!.has(order[at]!)))
    const one: Part = { objects: new Set(), up: circle.flatMap((part) => part.up).toSorted((a, b) => a - b), down: [] }
    for (const part of circle) for (const object of part.objects) one.objects.add(object)
    order.splice(at, 1, one)
    for (const part of circle) if (order.includes(part)) order.splice(order.indexOf(part), 1)
  }
  const sorted: Part[] = []
  const open = [...order]
  while (open.length > 0) {
    const next = open.findIndex((part) => open.every((other) => other === part || !precedes(other, part)))
    sorted.push(...open.splice(Math.max(next, 0), 1))
  }
  return sorted
}

function reachable(from: Part, parts: readonly Part[], precedes: (one: Part, other: Part) => boolean): ReadonlySet<Part> {
  const found = new Set<Part>()
  const open = [from]
  for (let part = open.pop(); part !== undefined; part = open.pop())
    for (const next of parts)
      if (next !== part && !found.has(next) && precedes(part, next)) {
        found.add(next)
        open.push(next)
      }
  return found
}

/** Gives every statement of the way back to the part whose objects it changes; the text of the first that belongs nowhere. */
function assignDown(
  parts: readonly Part[],
  effects: readonly StatementEffects[],
  back: readonly StatementEffects[],
  down: readonly SqlStep[],
): string | undefined {
  const partOf = new Map<string, Part>()
  for (const part of parts) {
    for (const at of part.up)
      for (const { object } of effects[at]!.effects.filter(isChange)) if (!partOf.has(object)) partOf.set(object, part)
  }
  for (const part of parts) for (const object of part.objects) partOf.set(object, part)
  for (const [at, { effects: found }] of back.entries()) {
    const owner = [...found.filter(isChange), ...found].map(({ object }) => partOf.get(object)).find((part) => part !== undefined)
    // One statement for each of the way there, in the opposite order.
    const pair = down.length === effects.length ? parts.find((part) => part.up.includes(down.length - 1 - at)) : undefined
    const part = owner ?? pair
    if (part === undefined) return down[at]?.text ?? ''
    part.down.push(at)
  }
  return undefined
}
