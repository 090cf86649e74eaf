import { memberId, parseFactId, sameValue, type Fact, type FactId, type RuleContext } from '@yama/schema'
import { backticked } from '../text/names.ts'
import { nameOf, significant, wordOf } from '../text/tokens.ts'

type Trigger = Fact<'trigger'>
type Base = 'before' | 'after'

const NAME = '`(?:[^`]|``)*`'
const HEAD = new RegExp(`^(CREATE TRIGGER ${NAME} (\\w+ \\w+) ON ${NAME} FOR EACH ROW)(?: FOLLOWS (${NAME}))?(?=\\n)`)

interface Head {
  /** `BEFORE INSERT` */
  readonly event: string
  readonly follows: string | undefined
  /** The definition without its place. */
  readonly placeless: string
}

function headOf({ payload: { definition } }: Trigger): Head | undefined {
  const found = HEAD.exec(definition)
  if (found === null) return undefined
  const [all, head = '', event = '', follows] = found
  return { event, follows, placeless: `${head}${definition.slice(all.length)}` }
}

/** The triggers of the table that run at the same event, in their order. */
function inOrder(trigger: Trigger, event: string, base: Base, { children }: RuleContext): readonly Trigger[] {
  const next = new Map(
    children(trigger.parent ?? '', 'trigger', base).flatMap((one) => {
      const head = headOf(one)
      return head?.event === event ? [[head.follows, one] as const] : []
    }),
  )
  const found: Trigger[] = []
  for (let one = next.get(undefined); one !== undefined && found.length < next.size; one = next.get(backticked(one.name))) found.push(one)
  return found
}

/** Those that stay as they are and where they are among each other: the longest run of them whose order is the same before and after. */
function staying(trigger: Trigger, event: string, context: RuleContext): readonly FactId[] {
  const before = new Map(inOrder(trigger, event, 'before', context).map((one, at) => [one.id, { one, at }]))
  const same = inOrder(trigger, event, 'after', context).flatMap((now) => {
    const old = before.get(now.id)
    return old !== undefined && !context.isReplaced(now.id) && isMovedOnly(old.one, now) ? [{ id: now.id, at: old.at }] : []
  })
  const runs: (readonly { readonly id: FactId; readonly at: number }[])[] = []
  for (const one of same) {
    const best = runs
      .filter((run) => (run.at(-1)?.at ?? -1) < one.at)
      .reduce((a, b) => (b.length > a.length ? b : a), [] as (typeof runs)[number])
    runs.push([...best, one])
  }
  return runs.reduce((a, b) => (b.length > a.length ? b : a), [] as (typeof runs)[number]).map(({ id }) => id)
}

function isMovedOnly(from: Trigger, to: Trigger): boolean {
  const placeless = (one: Trigger): unknown => ({ ...one.payload, definition: headOf(one)?.placeless })
  return sameValue(placeless(from), placeless(to))
}

/** True where nothing is to be done: other triggers come, go or move, and this one is where it shall be. */
export function staysInPlace(from: Trigger, to: Trigger, context: RuleContext): boolean {
  const head = headOf(to)
  return head !== undefined && isMovedOnly(from, to) && staying(to, head.event, context).includes(to.id)
}

/** The trigger that this one is put behind or before, which has to be there; entities say so in their own words. */
export function neighbourOf({ parent = '', payload }: Trigger): readonly FactId[] {
  const tokens = significant(payload.definition)
  const row = tokens.findIndex(
    (token, at) => wordOf(token) === 'ROW' && wordOf(tokens[at - 1]) === 'EACH' && wordOf(tokens[at - 2]) === 'FOR',
  )
  if (row === -1 || !/^(?:FOLLOWS|PRECEDES)$/.test(wordOf(tokens[row + 1]))) return []
  const { schema, name } = parseFactId(parent)
  return [memberId('trigger', schema, name, nameOf(tokens[row + 2]))]
}

/** The trigger with its place in words: the first of several goes before the one that is there, for the servers put it last otherwise. */
export function placed(trigger: Trigger, context: RuleContext): Trigger {
  const head = headOf(trigger)
  if (head === undefined || head.follows !== undefined) return trigger
  const kept = staying(trigger, head.event, context)
  const first = inOrder(trigger, head.event, 'after', context).find(({ id }) => id !== trigger.id && kept.includes(id))
  if (first === undefined) return trigger
  const definition = trigger.payload.definition.replace(HEAD, (found) => `${found} PRECEDES ${backticked(first.name)}`)
  return { ...trigger, payload: { ...trigger.payload, definition } }
}
