import type { Diagnostic, Migration } from '@yama/core'
import type { EnvironmentReview, EnvironmentVerdict, HandChange } from '@yama/review'
import type { CliContext } from '../program/cli-context.ts'
import { stateFile } from '../program/state-file.ts'
import { stepEffects } from './plan-effects.ts'

export interface StateVerdict extends EnvironmentReview {
  readonly diagnostics: readonly Diagnostic[]
}

/** What each environment would do with these migrations, as its exported state says. `compiled` has the SQL of operations, where somebody knows it. */
export async function stateVerdicts(
  context: CliContext,
  files: readonly string[],
  migrations: readonly Migration[],
  compiled: readonly Migration[] = [],
): Promise<readonly StateVerdict[]> {
  const { checkEnvironment } = await import('@yama/review')
  const { dialect } = await context.authoring()
  const found: StateVerdict[] = []
  for (const file of files) {
    const state = await stateFile(context, file)
    const verdict = await checkEnvironment(migrations, state.history, dialect, state)
    found.push({ ...(await withDrift(context, verdict, state.drift, [...migrations, ...compiled])), exportedAt: state.exportedAt })
  }
  return found
}

/** A verdict with what was changed by hand there, and which of it the pending migrations touch. Of two migrations of an id the last one counts. */
export async function withDrift(
  context: CliContext,
  { diagnostics, ...verdict }: EnvironmentVerdict,
  drift: readonly HandChange[] | undefined,
  migrations: readonly Migration[],
): Promise<StateVerdict> {
  if (drift === undefined) return { ...verdict, diagnostics }
  const known = new Map(migrations.map((migration) => [migration.id, migration]))
  const pending = verdict.wouldApply.flatMap((id) => known.get(id) ?? [])
  const { touched, statement } = await touchedBy(context, pending, drift)
  const all = drift.map(({ id, object, origin, managed }) => ({ id, object, origin, managed, touched: touched.has(id) }))
  if (touched.size === 0) return { ...verdict, drift: all, diagnostics }
  const { handChangeFinding } = await import('@yama/review')
  const refused = (await context.project()).config.drift === 'check'
  const finding = handChangeFinding(verdict.environment, { touched: all.filter((each) => each.touched), statement, refused })
  return {
    ...verdict,
    safe: verdict.safe && !refused,
    because: [...verdict.because, finding.message],
    drift: all,
    diagnostics: [...diagnostics, finding],
  }
}

async function touchedBy(
  context: CliContext,
  pending: readonly Migration[],
  drift: readonly HandChange[],
): Promise<{ readonly touched: ReadonlySet<string>; readonly statement: string }> {
  const { touchedDrift } = await import('@yama/drift')
  const { dialect } = await context.authoring()
  const touched = new Set<string>()
  let statement = ''
  const steps = pending.flatMap(({ up }) => up)
  for (const { text, found } of drift.length === 0 ? [] : await stepEffects(steps, dialect)) {
    // What is not understood may touch anything.
    const objects = found.unknown === undefined ? touchedDrift(drift, found.effects) : drift
    if (objects.length > 0 && statement === '') statement = text
    for (const { id } of objects) touched.add(id)
  }
  return { touched, statement }
}
