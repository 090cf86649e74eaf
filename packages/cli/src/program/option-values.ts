import { cliErrors } from '../errors/errors.ts'

/** An option's text; undefined where it was not given. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** An option's texts, where it may be given several times. */
export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** A positive whole number; rejects with YAMA_CLI_USAGE for anything else. */
export function number(value: unknown, option: string): number | undefined {
  if (value === undefined) return undefined
  const parsed = Number(value)
  if (!Number.isInteger(parsed) || parsed < 1) {
    throw cliErrors.YAMA_CLI_USAGE({
      problem: `${option} takes a whole number from 1, not ${String(value)}.`,
      next: `For example ${option} 1.`,
    })
  }
  return parsed
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** A duration such as `30s`, `5m` or `0`, in ms; `forever` (or `∞`) is Infinity. */
export function duration(value: unknown, option: string): number | undefined {
  if (value === undefined) return undefined
  if (/^(?:forever|∞|inf(?:inity)?)$/i.test(String(value))) return Infinity
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(String(value))
  if (match === null)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: `${option} takes a duration, not ${String(value)}.`,
      next: `For example ${option} 30s, ${option} 5m, ${option} 0 or ${option} forever.`,
    })
  return Number(match[1]) * units[(match[2] ?? 's') as keyof typeof units]
}
