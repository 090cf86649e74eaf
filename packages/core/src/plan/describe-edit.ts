import type { StoredMigration } from '../contract/config.ts'
import type { Migration } from '../contract/migration.ts'

const meaningful = (text: string): readonly { readonly text: string; readonly line: number }[] =>
  text
    .split('\n')
    .map((line, index) => ({ text: line.trim(), line: index + 1 }))
    .filter((line) => line.text !== '' && !line.text.startsWith('-- ') && line.text !== '--')

const shown = (text: string): string => `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``

/**
 * Where an applied migration's file begins to differ from what was run, in words.
 *
 * @example describeEdit(stored, migration) // 'line 3 was `email text`, and is `email varchar(50)`'
 */
export function describeEdit(stored: StoredMigration | undefined, migration: Migration): string {
  if (stored === undefined) return 'its stored text is not there to compare with'
  const pairs = [
    [stored.body, migration.body],
    [stored.downBody ?? '', migration.downBody ?? ''],
  ] as const
  for (const [before, after] of pairs) {
    const [old, now] = [meaningful(before), meaningful(after)]
    const at = now.findIndex((line, index) => line.text !== old[index]?.text)
    const [was, is] = [old[at], now[at]]
    if (at >= 0 && is !== undefined)
      return was === undefined
        ? `line ${is.line} is new: ${shown(is.text)}`
        : `line ${is.line} was ${shown(was.text)}, and is ${shown(is.text)}`
    const gone = old[now.length]
    if (gone !== undefined) return `the line ${shown(gone.text)} is gone`
  }
  return 'its transaction mode, phase or conditions changed'
}
