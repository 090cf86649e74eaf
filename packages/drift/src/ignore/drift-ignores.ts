import { driftErrors } from '../errors/errors.ts'

/** A drifted object that may be as it is, for a while. */
export interface DriftIgnore {
  /** As `yama drift` names it: `index users.users_extra`; a table stands for everything on it. */
  readonly object: string
  readonly reason: string
  /** The last day on which it counts, UTC: `2027-01-31`. */
  readonly until: string
}

/** Reads the text of the file of ignores; throws YAMA_DRIFT_IGNORE_INVALID for what is none, or lacks its reason or day. */
export function parseIgnores(text: string, file: string): readonly DriftIgnore[] {
  const invalid = (problem: string, cause?: unknown): Error => driftErrors.YAMA_DRIFT_IGNORE_INVALID({ file, problem }, { cause })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw invalid('it is no JSON', error)
  }
  if (!Array.isArray(read)) throw invalid('it holds no list')
  return read.map((entry: unknown, index) => {
    const { object, reason, until } = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>
    const place = `entry ${index + 1}`
    if (typeof object !== 'string' || object === '') throw invalid(`${place} names no object`)
    if (typeof reason !== 'string' || reason.trim() === '') throw invalid(`${place} (${object}) has no reason`)
    if (typeof until !== 'string' || !isDay(until)) throw invalid(`${place} (${object}) needs a day as until, such as 2027-01-31`)
    return { object, reason, until }
  })
}

/** The text of the file: one entry for each object, in the order of their names, so that a review shows what is new. */
export function writeIgnores(ignores: readonly DriftIgnore[]): string {
  const sorted = ignores.toSorted((one, other) => (one.object < other.object ? -1 : one.object > other.object ? 1 : 0))
  return `${JSON.stringify(sorted, null, 2)}\n`
}

/** True for a day of the calendar, `2027-01-31`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
