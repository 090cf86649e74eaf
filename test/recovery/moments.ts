import type { DatabaseKind } from '@yama/core'
import type { Kill, KillKind } from './kill.ts'
import type { Reference } from './kill-and-recover.ts'
import type { Shape } from './scenario.ts'

/** A moment of a migration: an exchange, where in it, and what is killed. */
export interface Moment {
  readonly name: string
  readonly kind: string
  readonly phase: Kill['phase']
  readonly delayMs?: number
  readonly how?: KillKind
  /** Only of a run with a hook on every step: what is one batch without it is sent statement by statement then. */
  readonly stepwise?: boolean
}

const ofStatements: readonly Moment[] = [
  { name: 'during a statement', kind: 'statement', phase: 'during', delayMs: 1, how: 'process' },
  { name: 'during a statement whose session the server ends', kind: 'statement', phase: 'during', delayMs: 1, how: 'sessions' },
  { name: 'after a statement, before its end is written', kind: 'statement', phase: 'after' },
]
const ofCommits: readonly Moment[] = [
  { name: 'before a commit', kind: 'commit', phase: 'before' },
  { name: 'during a commit', kind: 'commit', phase: 'during', delayMs: 0 },
]
const ofIntents: readonly Moment[] = [
  { name: 'before the intent', kind: 'intent', phase: 'before' },
  { name: 'after the intent', kind: 'intent', phase: 'after' },
]
/** An intent and its statement in one exchange. */
const ofBoth: readonly Moment[] = [
  { name: 'before an intent with its statement', kind: 'alone', phase: 'before' },
  { name: 'during an intent with its statement', kind: 'alone', phase: 'during', delayMs: 1, how: 'process' },
  {
    name: 'during an intent with its statement, whose session the server ends',
    kind: 'alone',
    phase: 'during',
    delayMs: 1,
    how: 'sessions',
  },
  { name: 'after an intent with its statement', kind: 'alone', phase: 'after' },
]
const between: Moment = { name: 'between two statements', kind: 'done', phase: 'after' }
const ofEnds: readonly Moment[] = [
  { name: 'before the batch that ends it', kind: 'end', phase: 'before' },
  { name: 'during the batch that ends it', kind: 'end', phase: 'during', delayMs: 1 },
  { name: 'during the batch that ends it, whose session the server ends', kind: 'end', phase: 'during', delayMs: 1, how: 'sessions' },
  { name: 'after the batch that ends it', kind: 'end', phase: 'after' },
]
const stepwise = (moments: readonly Moment[]): readonly Moment[] =>
  moments.map((moment) => ({ ...moment, name: `${moment.name}, step by step`, stepwise: true }))

/**
 * Which moments a shape has. One transaction is one batch, and only where hooks watch its steps are there statements and a commit
 * in it. Who commits statement by statement writes an intent where the statement cannot stand in a transaction with its end; in
 * SQLite that are few, and the others have a commit.
 */
export function momentsOf(kind: DatabaseKind, shape: Shape): readonly Moment[] {
  // There definitions of tables go with their intent, and those of views and triggers with the end of the statement before.
  const both = kind === 'mysql' || kind === 'mariadb'
  const apart = [...(both ? stepwise(ofIntents) : ofIntents), ...ofStatements]
  const moments: Readonly<Record<Shape, readonly Moment[]>> = {
    transactional: stepwise([...ofStatements, ...ofCommits]),
    'non-transactional': [...apart, ...(both ? ofBoth : []), between, ...(kind === 'sqlite' ? ofCommits : [])],
    mixed: [...(both ? ofBoth : apart), between, ...ofCommits],
    backfill: [...ofStatements, between, ...ofCommits],
  }
  return [...moments[shape], ...ofEnds]
}

/** A server takes seconds to come back: of its death only what happens while it works. */
export const serverMoments = (kind: DatabaseKind, shape: Shape): readonly Moment[] =>
  momentsOf(kind, shape)
    .filter(({ phase, how, stepwise: watched }) => phase === 'during' && how !== 'sessions' && watched !== true)
    .map((moment) => ({ ...moment, how: 'server' }))

/** The exchange of a moment: the second one where there are several, so that something is done already. */
export function exchangeAt({ points }: Reference, shape: Shape, { kind }: Moment): number | undefined {
  const found = points.flatMap((point, index) => (point === `${shape}:${kind}` ? [index] : []))
  return found[1] ?? found[0]
}
