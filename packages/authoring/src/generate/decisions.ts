import { describeFact, type FactId, type Rename, type RenameCandidate } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'

/** A question that only a person can answer: was this renamed, or dropped and another one added? */
export interface Decision {
  /** The id of what disappeared; the key of the answer. */
  readonly id: FactId
  readonly type: 'rename-or-drop'
  readonly object: string
  /** Every answer that the question takes, best first. */
  readonly answers: readonly string[]
  readonly candidates: readonly DecisionCandidate[]
}
export interface DecisionCandidate {
  readonly to: FactId
  /** What to answer in a `--decide` file to choose it. */
  readonly answer: string
  readonly object: string
  /** 0 to 1. */
  readonly score: number
  readonly evidence: readonly string[]
  /** The line that answers it in the entity, and where it goes. */
  readonly snippet: string
  readonly file?: string
  readonly line?: number
}

/** Id of the question → `drop`, or `rename`, or `rename to NAME` where there are several candidates. */
export type Answers = Readonly<Record<string, string>>

/** Groups candidates by what disappeared, best first. */
export function decisionsFrom(candidates: readonly RenameCandidate[]): readonly Decision[] {
  const groups = new Map<FactId, RenameCandidate[]>()
  for (const candidate of candidates) groups.set(candidate.from.id, [...(groups.get(candidate.from.id) ?? []), candidate])
  return [...groups].map(([id, list]) => {
    const found = list
      .toSorted((a, b) => b.score - a.score)
      .map(({ from, to, score, evidence }) => ({
        to: to.id,
        answer: `rename to ${to.id}`,
        object: describeFact(to.id),
        score,
        evidence,
        snippet: `was: ${from.name}`,
        ...(to.origin === undefined ? {} : { file: to.origin.file, line: to.origin.line }),
      }))
    const answers = [...found.map(({ answer }) => answer), 'drop']
    return { id, type: 'rename-or-drop', object: describeFact(id), answers, candidates: found }
  })
}

/** The renames that the answers say, and the questions that stay open. Throws YAMA_DECISION_CONFLICT where two become one. */
export function answerDecisions(
  decisions: readonly Decision[],
  answers: Answers,
): { readonly renames: readonly Rename[]; readonly open: readonly Decision[] } {
  const renames: Rename[] = []
  const open: Decision[] = []
  for (const decision of decisions) {
    const answer = answers[decision.id]?.trim()
    if (answer === 'drop') continue
    const chosen = answer === undefined ? undefined : chosenCandidate(decision, answer)
    if (chosen === undefined) open.push(decision)
    else renames.push({ from: decision.id, to: chosen.to })
  }
  for (const [at, { from, to }] of renames.entries()) {
    const other = renames.slice(0, at).find((rename) => rename.to === to)
    if (other !== undefined)
      throw authoringErrors.YAMA_DECISION_CONFLICT({ first: describeFact(other.from), second: describeFact(from), to: describeFact(to) })
  }
  return { renames, open }
}

function chosenCandidate(decision: Decision, answer: string): DecisionCandidate | undefined {
  if (answer === 'rename') return decision.candidates.length === 1 ? decision.candidates[0] : undefined
  const name = /^rename to (.+)$/.exec(answer)?.[1]
  return decision.candidates.find(
    ({ to, object }) => name !== undefined && (to === name || object === name || to.endsWith(`.${name}`) || to.endsWith(`:${name}`)),
  )
}

/** The error that lists every open question with the lines that answer it, and the whole file for `--decide`. */
export function decisionNeeded(open: readonly Decision[]): Error {
  const file = open.map(({ id, answers: [first, ...others] }) => `"${id}": ${first ?? 'drop'}   # or: ${others.join(', ')}`)
  const text = [...open.map(describeDecision), ['A file for `--decide`:', ...file.map((line) => `  ${line}`)].join('\n')].join('\n\n')
  return authoringErrors.YAMA_DECISION_NEEDED({ count: open.length }, { data: { decisions: open, text } })
}

function describeDecision(decision: Decision): string {
  const lines = decision.candidates.map(({ object, score, evidence, snippet, file, line }) => {
    const place = file === undefined ? '' : ` at ${file}:${line ?? 1}`
    return `  renamed to ${object} (${Math.round(score * 100)} %: ${evidence.join(', ')})\n    add \`${snippet}\`${place}`
  })
  return [`${decision.object} is gone:`, ...lines, '  or really dropped, its data is lost'].join('\n')
}
