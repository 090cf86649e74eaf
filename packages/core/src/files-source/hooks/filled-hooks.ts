import type { Dialect } from '../../contract/dialect.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import type { PlaceholderOptions } from '../placeholders/placeholder-options.ts'
import { fillSteps } from '../placeholders/with-placeholders.ts'
import { combineProblems } from '../problems.ts'
import type { HookFile } from './read-hooks.ts'

/** Hooks that were packed as they stand in their files, with their placeholders filled in. */
export function filledHooks(
  hooks: readonly HookFile[],
  { kind }: Dialect,
  placeholders: PlaceholderOptions | undefined,
): readonly HookFile[] {
  if (placeholders === undefined) return hooks
  const problems: YamaError[] = []
  const filled = hooks.map((hook) => ({ ...hook, steps: fillSteps(hook.steps, kind, placeholders, problems) }))
  if (problems.length > 0) throw combineProblems(problems, 'the hooks of the bundle')
  return filled
}
