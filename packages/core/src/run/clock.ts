/** Server time, read once and advanced by a monotonic clock: ISO 8601 in UTC with milliseconds. */
export type Clock = () => string

/**
 * A clock that never jumps and never asks the server again.
 *
 * @example const at = serverClock(history.now)
 */
export function serverClock(now: string): Clock {
  const base = Date.parse(now)
  const start = performance.now()
  return () => new Date(base + Math.round(performance.now() - start)).toISOString()
}
