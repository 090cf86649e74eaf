import type { Scope } from '@yama/schema'
import { HISTORY_OBJECTS } from '../dialect/history/history-tables.ts'

/** True for what Yama looks at: never its own tables. */
export function inScope(scope: Scope): (name: string) => boolean {
  const include = scope.include.map(glob)
  const exclude = scope.exclude.map(glob)
  return (name) => {
    if (HISTORY_OBJECTS.has(name)) return false
    if (include.length > 0 && !include.some((pattern) => pattern.test(name))) return false
    return !exclude.some((pattern) => pattern.test(name))
  }
}

/** A database in front may be given or left out: a connection sees one. */
function glob(pattern: string): RegExp {
  const text = pattern
    .replace(/^[^.]*\./, '')
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${text}$`)
}
