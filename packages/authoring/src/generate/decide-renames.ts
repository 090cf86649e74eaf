import { findRenames, type FactBase, type FactId, type Rename, type SchemaDialect } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import { answerDecisions, decisionNeeded, decisionsFrom, type Answers, type Decision } from './decisions.ts'

export interface DecisionChoices {
  readonly answers?: Answers
  /** Asks a person; absent where there is none. Returns answers, or undefined when they left. */
  readonly ask?: (open: readonly Decision[]) => Promise<Answers | undefined>
}

/**
 * Every rename between two schemas: declared, derived and decided. An answer may raise new questions, of the columns of a table that
 * turned out to be renamed for example, so it goes on until none is new.
 * Rejects with YAMA_DECISION_NEEDED where a question stays open, YAMA_DECISION_UNKNOWN for an answer to none of them, YAMA_DECISION_CONFLICT.
 */
export async function decideRenames(
  before: FactBase,
  after: FactBase,
  choices: DecisionChoices,
  dialect?: SchemaDialect,
): Promise<readonly Rename[]> {
  const asked = new Set<FactId>()
  let answers = choices.answers ?? {}
  for (;;) {
    const { found, open } = applyAnswers(before, after, answers, asked, dialect)
    const stale = Object.keys(choices.answers ?? {}).find((key) => !asked.has(key))
    if (open.length === 0) {
      if (stale !== undefined) throw authoringErrors.YAMA_DECISION_UNKNOWN({ key: stale })
      return found
    }
    // Nobody is there to ask, and no answer fits a question: the misspelt one is what has to be corrected.
    if (stale !== undefined && choices.ask === undefined && !open.some(({ id }) => answers[id] !== undefined))
      throw authoringErrors.YAMA_DECISION_UNKNOWN({ key: stale })
    const more = await choices.ask?.(open)
    if (more === undefined || !open.some(({ id }) => more[id] !== undefined)) throw decisionNeeded(open)
    answers = { ...answers, ...more }
  }
}

/** Follows the answers as far as they go. Each round decides at least one rename more, or ends. */
function applyAnswers(
  before: FactBase,
  after: FactBase,
  answers: Answers,
  asked: Set<FactId>,
  dialect: SchemaDialect | undefined,
): { readonly found: readonly Rename[]; readonly open: readonly Decision[] } {
  let decided: readonly Rename[] = []
  for (;;) {
    const { renames: found, candidates } = findRenames(before, after, decided, dialect)
    const decisions = decisionsFrom(candidates)
    for (const { id } of decisions) asked.add(id)
    const { renames, open } = answerDecisions(decisions, answers)
    const fresh = renames.filter(({ from }) => !decided.some((rename) => rename.from === from))
    if (fresh.length === 0) return { found, open }
    decided = [...decided, ...fresh]
  }
}
