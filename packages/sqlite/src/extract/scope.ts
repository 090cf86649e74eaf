import type { Scope } from '@yama/schema'
import { HISTORY_OBJECTS } from '../dialect/history-tables.ts'

/** True for what Yama looks at. Its own tables and those of SQLite itself are never looked at. */
export function inScope(scope: Scope): (name: string) => boolean {
  const include = scope.include.map(glob)
  const exclude = scope.exclude.map(glob)
  return (name) => {
    if (name.startsWith('sqlite_') || HISTORY_OBJECTS.has(name)) return false
    if (include.length > 0 && !include.some((pattern) => pattern.test(name))) return false
    return !exclude.some((pattern) => pattern.test(name))
  }
}

/** `main.` in front may be given or left out: there is one schema. */
function glob(pattern: string): RegExp {
  const text = pattern
    .replace(/^(?:main|\*)\./, '')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${text}$`, 'i')
}
