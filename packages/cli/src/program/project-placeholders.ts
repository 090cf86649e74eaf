import type { PlaceholderOptions, PlaceholderValue } from '@yama/core/files'
import { resolveSecret } from '../config/resolve-secret.ts'
import type { LoadedProject } from './load-project.ts'

/** The placeholders of an environment; undefined where the configuration declares none, so that nothing is replaced. */
export function projectPlaceholders(project: LoadedProject, environment: string): PlaceholderOptions | undefined {
  const { placeholders, placeholdersInBodies, environments } = project.config
  const own = environments?.[environment]?.placeholders
  if (placeholders === undefined && own === undefined) return undefined
  const values = Object.entries({ ...placeholders, ...own }).map(([name, value]): readonly [string, PlaceholderValue] =>
    typeof value === 'string' && /^(?:env:|file:\/|exec:)/.test(value)
      ? [name, { secret: () => resolveSecret(value, `placeholder ${name}`, project.variables) }]
      : [name, value],
  )
  return { values: Object.fromEntries(values), ...(placeholdersInBodies === undefined ? {} : { inBodies: placeholdersInBodies }) }
}
