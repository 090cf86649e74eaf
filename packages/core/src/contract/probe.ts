import type { Connection, LockHolder } from './dialect.ts'
import type { JsonValue } from './history.ts'

/** Objects as the catalogue prints them, by a name for people (`table users`); null where there is none of this name. */
export type ObjectStates = Readonly<Record<string, string | null>>

/** What a statement makes of an object. `any`: it may or may not change it, so that nothing follows from it. */
export type ExpectedState = 'present' | 'absent' | 'changed' | 'any'

/** What is known of the objects of one statement before it runs. */
export interface StepExpectation {
  readonly before: ObjectStates
  readonly after: Readonly<Record<string, ExpectedState>>
}

/** What recovery asks of a dialect: traces by which one can tell whether a statement took effect although nobody heard its end. */
export interface Probe {
  /** This session, in words that a later session can look for. */
  backend(connection: Connection): Promise<JsonValue>
  /** What a session of a run that died does now; undefined where it is gone or idle. */
  running(connection: Connection, backend: JsonValue): Promise<LockHolder | undefined>
  /**
   * The objects that the statement touches, as they are now. Empty where it leaves no trace and does no harm when it runs
   * twice (VACUUM). Undefined where its text does not say what it does (CALL): then only a person can tell.
   */
  expect(connection: Connection, statement: string): Promise<StepExpectation | undefined>
  /** Statements that remove what an interrupted one left, so that it can run again: an INVALID index. Each may run twice. */
  leftovers?(statement: string, before: ObjectStates, now: ObjectStates): readonly string[]
  /** False where a table of these statements keeps what it got when its transaction is rolled back (MyISAM). Absent: never. */
  atomic?(connection: Connection, statements: readonly string[]): Promise<boolean>
}
