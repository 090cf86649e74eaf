import type { CliCommand, OptionSpec } from './command.ts'
import { globalOptionSpecs } from './global-options.ts'

/**
 * The options of a command that is called with nothing but its name, as its parser would give them: what has a default, and what only a
 * `--no-…` turns off. Most calls are such, and loading the parser is felt where there is nothing to do.
 *
 * @example unsaidOptions(status) // { color: true }
 */
export function unsaidOptions(command: CliCommand): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  const specs = [...(command.options ?? []), ...globalOptionSpecs]
  for (const spec of specs) {
    const long = longName(spec)
    if (long.startsWith('no-')) {
      // Beside `--example`, `--no-example` is its other value, and neither is said.
      if (!specs.some((other) => longName(other) === long.slice(3))) values[keyOf(long.slice(3))] = spec.default ?? true
    } else if (spec.default !== undefined) values[keyOf(long)] = spec.default
  }
  return values
}

const longName = ({ flags }: OptionSpec): string => /--([\w-]+)/.exec(flags)?.[1] ?? ''
const keyOf = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
