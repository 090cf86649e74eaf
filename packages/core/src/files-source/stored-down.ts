import type { Step } from '../contract/migration.ts'

/** The statements of the way back, so that a database can revert a migration whose file is gone. */
export const storedDown = (steps: readonly Step[] | undefined): string | undefined => {
  if (steps === undefined || steps.length === 0 || steps.some((step) => step.kind !== 'sql')) return undefined
  return steps.map((step) => (step.kind === 'sql' ? `${step.text};\n` : '')).join('')
}
