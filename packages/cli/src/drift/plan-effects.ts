import type { Dialect, Migration, Plan, StatementEffects } from '@yama/core'

export interface PlannedEffects {
  readonly text: string
  readonly found: StatementEffects
}

/** What each statement of a plan reads and writes; a step that is no SQL is not understood, and a dialect that cannot judge understands none. */
export const planEffects = (plan: Plan, dialect: Dialect): Promise<readonly PlannedEffects[]> =>
  stepEffects(
    plan.migrations.flatMap(({ groups }) => groups.flatMap((group) => group.steps.map(({ step }) => step))),
    dialect,
  )

/** The same of steps. */
export async function stepEffects(steps: Migration['up'], dialect: Dialect): Promise<readonly PlannedEffects[]> {
  const judge = await dialect.commutativity?.()
  const texts = steps.flatMap((step) => (step.kind === 'sql' ? [step.text] : []))
  const found = (await judge?.effectsOf(texts)) ?? texts.map(() => ({ effects: [], unknown: 'this dialect reads no statements' }))
  const known = new Map(texts.map((text, at) => [text, found[at]]))
  return steps.map((step) => {
    const text = step.kind === 'sql' ? step.text : `a step of the kind ${step.kind}`
    return { text, found: known.get(text) ?? { effects: [], unknown: `${text} is not read` } }
  })
}
