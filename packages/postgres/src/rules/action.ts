import type { Action, AnyFact, Reason } from '@yama/schema'

/** The locks that rules speak of, in the server's own words. */
export type Lock = 'none' | 'ROW EXCLUSIVE' | 'SHARE UPDATE EXCLUSIVE' | 'SHARE' | 'SHARE ROW EXCLUSIVE' | 'ACCESS EXCLUSIVE'

export type ActionParts = Pick<Action, 'sql' | 'title'> & { readonly lock?: Lock } & Partial<
    Omit<Action, 'sql' | 'title' | 'because' | 'lock'>
  >

/** An action with what it states; everything else is the harmless answer. */
export function action(
  fact: AnyFact,
  change: Reason['change'],
  parts: ActionParts,
  because: Pick<Reason, 'attribute' | 'from' | 'to'> = {},
): Action {
  return {
    produces: [],
    consumes: [],
    destroys: [],
    releases: [],
    lock: 'none',
    rewrite: false,
    transaction: 'any',
    loss: 'none',
    reversibility: 'lossless',
    because: { fact: fact.id, change, ...because, ...(fact.origin === undefined ? {} : { origin: fact.origin }) },
    ...parts,
  }
}

/** A value of a payload for a reason: text as it is, everything else as JSON. */
export function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** From and to of a changed attribute, for `because`. */
export function changed(attribute: string, from: unknown, to: unknown): Pick<Reason, 'attribute' | 'from' | 'to'> {
  const [before, after] = [shown(from), shown(to)]
  return { attribute, ...(before === undefined ? {} : { from: before }), ...(after === undefined ? {} : { to: after }) }
}
