import type { SourcePosition } from '@yama/core'
import type { AnyFact, FactId } from '../facts/fact.ts'

/** What a finding is about. */
export type PortRule =
  | 'type'
  | 'default'
  | 'identity'
  | 'generated'
  | 'collation'
  | 'option'
  | 'name'
  | 'schema'
  | 'table'
  | 'partition'
  | 'inheritance'
  | 'enum'
  | 'domain'
  | 'check'
  | 'foreign-key'
  | 'key'
  | 'exclusion'
  | 'index'
  | 'view'
  | 'object'

/** Something that is not on the target as it was on the source. */
export interface PortFinding {
  readonly rule: PortRule
  /** `lossless`: said in other words. `lossy`: there, with less. `refused`: not there. */
  readonly outcome: 'lossless' | 'lossy' | 'refused'
  /** Of the source. */
  readonly object: FactId
  readonly origin?: SourcePosition
  readonly message: string
  /** What is lost, as a clause. */
  readonly loss?: string
  /** The id of the question that it raises. */
  readonly question?: string
  /** What was answered, or the first answer where nobody did. */
  readonly answer?: string
}

/** A question that somebody has to answer; several findings may raise the same one. */
export interface PortQuestion {
  /** The key of the answer: of the group, or of the object alone. */
  readonly id: string
  readonly rule: PortRule
  readonly outcome: 'lossy' | 'refused'
  /** Of the first object. */
  readonly message: string
  readonly loss: string
  /** The first one is what the port supposes; `sql: …` takes any text of the target. */
  readonly answers: readonly string[]
  readonly objects: readonly { readonly id: FactId; readonly origin?: SourcePosition }[]
}

/** Id of a question, or of one of its objects → an answer. The object's own answer wins. */
export type PortAnswers = Readonly<Record<string, string>>

export interface Asked {
  readonly rule: PortRule
  readonly outcome: 'lossy' | 'refused'
  readonly message: string
  readonly loss: string
  /** Where several objects have one question; the object's id otherwise. */
  readonly group?: string
  readonly answers: readonly string[]
}

export const SQL_ANSWER = 'sql: …'

/** The text of an answer `sql: TEXT`; undefined for every other one. */
export const sqlAnswer = (answer: string): string | undefined => /^sql:\s*(.+)$/s.exec(answer)?.[1]?.trim()

/** Gathers what has to be told and asked. */
export interface Inquiry {
  /** Nothing is lost. */
  tell(rule: PortRule, fact: AnyFact, message: string): void
  /** The answer: what was given, else the first. */
  ask(fact: AnyFact, asked: Asked): string
  readonly findings: readonly PortFinding[]
  questions(): readonly PortQuestion[]
  /** Questions that have an object without an answer. */
  open(): readonly PortQuestion[]
  /** Answers to nothing that was asked, and those that their question does not take, with the reason. */
  wrong(): readonly { readonly key: string; readonly reason: string }[]
}

/** Nothing is asked about what is `settled`: the entities have words for it. */
export function createInquiry(given: PortAnswers, settled: ReadonlySet<FactId> = new Set()): Inquiry {
  const findings: PortFinding[] = []
  const questions = new Map<string, PortQuestion>()
  const answered = new Set<string>()
  const used = new Set<string>()
  const refused = new Map<string, string>()
  const at = (fact: AnyFact): { readonly origin?: SourcePosition } => (fact.origin === undefined ? {} : { origin: fact.origin })
  const taken = (key: string, answers: readonly string[]): string | undefined => {
    const answer = Object.hasOwn(given, key) ? given[key]?.trim() : undefined
    if (answer === undefined) return undefined
    used.add(key)
    if (answers.includes(answer) || (answers.includes(SQL_ANSWER) && sqlAnswer(answer) !== undefined)) return answer
    refused.set(key, `the answers are ${answers.join(', ')}`)
    return undefined
  }
  return {
    findings,
    tell(rule, fact, message) {
      if (!settled.has(fact.id)) findings.push({ rule, outcome: 'lossless', object: fact.id, ...at(fact), message })
    },
    ask(fact, { rule, outcome, message, loss, group, answers }) {
      const id = group ?? fact.id
      if (settled.has(fact.id)) return answers[0] ?? ''
      const found = taken(fact.id, answers) ?? taken(id, answers)
      const known = questions.get(id)
      const object = { id: fact.id, ...at(fact) }
      questions.set(
        id,
        known === undefined
          ? { id, rule, outcome, message, loss, answers, objects: [object] }
          : { ...known, objects: [...known.objects, object] },
      )
      if (found !== undefined) answered.add(`${id}\0${fact.id}`)
      const answer = found ?? answers[0] ?? ''
      findings.push({ rule, outcome, object: fact.id, ...at(fact), message, loss, question: id, answer })
      return answer
    },
    questions: () => [...questions.values()],
    open: () => [...questions.values()].filter(({ id, objects }) => objects.some((object) => !answered.has(`${id}\0${object.id}`))),
    wrong: () => [
      ...[...refused].map(([key, reason]) => ({ key, reason })),
      ...Object.keys(given)
        .filter((key) => !used.has(key))
        .map((key) => ({ key, reason: 'nothing asks that' })),
    ],
  }
}
