import type { BranchKind } from './random-branch.ts'

/** The same for every database, or per kind; a kind that is left out has nothing of the sort. */
export type Statements = readonly string[] | Partial<Readonly<Record<BranchKind, readonly string[]>>>

export type BranchVerdict = 'commute' | 'conflict'

/** Two branches on one base, and whether they may run in either order. */
export interface BranchCase {
  readonly name: string
  readonly base: Statements
  readonly a: Statements
  readonly b: Statements
  /** What the peer's test expects, or what is right. */
  readonly expect: BranchVerdict
  /** Where Yama says otherwise, per kind or for all, and why. */
  readonly ours?: { readonly verdict: BranchVerdict; readonly because: string; readonly on?: readonly BranchKind[] }
  /** Only on these. */
  readonly on?: readonly BranchKind[]
}

export const statementsOn = (given: Statements, kind: BranchKind): readonly string[] | undefined => (isList(given) ? given : given[kind])

const isList = (given: Statements): given is readonly string[] => Array.isArray(given)

/** The verdict that is expected of Yama. */
export const expectedOn = ({ expect, ours }: BranchCase, kind: BranchKind): BranchVerdict =>
  ours !== undefined && (ours.on ?? [kind]).includes(kind) ? ours.verdict : expect

/** Base and branches for one kind of database, or undefined where the case has none. */
export function caseOn(
  { base, a, b, on }: BranchCase,
  kind: BranchKind,
): { readonly base: readonly string[]; readonly a: readonly string[]; readonly b: readonly string[] } | undefined {
  if (on !== undefined && !on.includes(kind)) return undefined
  const [first, one, other] = [statementsOn(base, kind), statementsOn(a, kind), statementsOn(b, kind)]
  return first === undefined || one === undefined || other === undefined ? undefined : { base: first, a: one, b: other }
}
