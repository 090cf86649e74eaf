import type { QueryResult, ServerInfo, StepExpectation } from '@yama/core'
import type { ServerFailure } from '../../errors/server-failure.ts'
import { describeFailure } from '../failures.ts'
import { describeStatement } from '../statements/describe-statement.ts'
import { expectationOf, touchedObjects } from './expectation.ts'
import { showSql, shownState } from './object-state.ts'
import { engineQuestion, forgetTables } from './transactional-tables.ts'
import { writtenTables } from './written-tables.ts'

/** Of each session: the objects of the statement that comes next, as they were when nothing was left to run before it. */
const seen = new WeakMap<ServerInfo, { readonly statement: string; readonly expectation: StepExpectation }>()

/** What was seen of the objects of this statement, told once. */
export function takeSeen(server: ServerInfo, statement: string): StepExpectation | undefined {
  const found = seen.get(server)
  seen.delete(server)
  return found?.statement === statement ? found.expectation : undefined
}

/** These change rows only; whatever else a session runs may change an object. */
const ROWS = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|COMMIT|START\s+TRANSACTION|ROLLBACK|SHOW)\b/i

/** To be told of each statement of a session. */
export function forgetSeen(server: ServerInfo, sql: string): void {
  if (ROWS.test(sql)) return
  seen.delete(server)
  forgetTables(server)
}

/** A question that goes with the last statement before these, and keeps what is answered. It may fail, as the last of its exchange. */
export interface LookAhead {
  readonly sql: string
  readonly learn: (answer: QueryResult | ServerFailure) => void
}

/** What the probe will ask when these statements are next: of one that changes rows its engine, of one that changes an object that. */
export function lookAhead(server: ServerInfo, statements: readonly string[]): LookAhead | undefined {
  const [first] = statements
  if (first === undefined) return undefined
  if (describeStatement(first).class !== 'dml') return objectAhead(server, first)
  const written = statements.filter((text) => describeStatement(text).class === 'dml').flatMap(writtenTables)
  const question = engineQuestion(server, [...new Set(written)])
  return question && { sql: question.sql, learn: (answer) => void (!(answer instanceof Error) && question.learn(answer)) }
}

function objectAhead(server: ServerInfo, statement: string): LookAhead | undefined {
  const touched = touchedObjects(statement)
  const only = touched?.length === 1 ? touched[0] : undefined
  if (only === undefined || only.kind === 'rows') return undefined
  const { kind, name } = only
  const learn = (answer: QueryResult | ServerFailure): void => {
    // Any other failure tells nothing, and comes again where it is asked for by itself.
    if (answer instanceof Error && describeFailure(answer).kind !== 'missing') return
    const state = answer instanceof Error ? null : shownState(kind, name, answer)
    seen.set(server, { statement, expectation: expectationOf([{ ...only, state }]) })
  }
  return { sql: showSql(kind, name), learn }
}
