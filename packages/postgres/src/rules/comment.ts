import type { Action, AnyFact } from '@yama/schema'
import { literal } from '../types/quoted.ts'
import { action, changed } from './action.ts'

/** `COMMENT ON …`; taken away where there is none. */
export function commentOn(
  fact: AnyFact,
  change: 'add' | 'alter',
  target: string,
  from: string | undefined,
  to: string | undefined,
): Action {
  const sql = `COMMENT ON ${target} IS ${to === undefined ? 'NULL' : literal(to)}`
  return action(
    fact,
    change,
    { sql, title: `comment on ${target.toLowerCase()}`, lock: 'SHARE UPDATE EXCLUSIVE', consumes: [fact.id] },
    changed('comment', from, to),
  )
}

/** The comment of something new, where it has one. */
export function newComment(fact: AnyFact, target: string, comment: string | undefined): readonly Action[] {
  return comment === undefined ? [] : [commentOn(fact, 'add', target, undefined, comment)]
}
