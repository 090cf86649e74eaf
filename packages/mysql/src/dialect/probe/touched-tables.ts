import type { ExpectedState } from '@yama/core'
import { follows, nameAt, type Word } from '@yama/sql'
import type { ObjectKind } from './object-state.ts'

/** An object by its name as written, and what a statement makes of it. */
export interface Named {
  readonly kind: ObjectKind
  readonly name: string
  readonly after: ExpectedState | 'replaced'
}

const NOT_A_NAME = new Set(['COLUMN', 'INDEX', 'KEY'])

export function alteredTables(words: readonly Word[]): readonly Named[] | undefined {
  const at = words.findIndex((word) => word.text === 'TABLE') + 1
  const { name, end } = nameAt(words, follows(words, at, ['IF', 'EXISTS']) ?? at)
  if (name === undefined) return undefined
  const rename = words.findIndex(
    ({ text, depth }, index) => index >= end && depth === 0 && text === 'RENAME' && !NOT_A_NAME.has(words[index + 1]?.text ?? ''),
  )
  if (rename < 0) return [{ kind: 'table', name, after: 'changed' }]
  const to = words[rename + 1]?.text === 'TO' || words[rename + 1]?.text === 'AS' ? rename + 2 : rename + 1
  const renamed = nameAt(words, to).name
  return renamed === undefined
    ? undefined
    : [
        { kind: 'table', name, after: 'absent' },
        { kind: 'table', name: renamed, after: 'present' },
      ]
}

/** `RENAME TABLE a TO b, c TO d`: what ends under a name that nothing had, and what is gone. Two that change places show nothing. */
export function renamedTables(words: readonly Word[]): readonly Named[] | undefined {
  const from = new Set<string>()
  const to = new Set<string>()
  for (let at = 2; at < words.length; at++) {
    const source = nameAt(words, at)
    if (source.name === undefined || words[source.end]?.text !== 'TO') return undefined
    const target = nameAt(words, source.end + 1)
    if (target.name === undefined) return undefined
    from.add(source.name)
    to.add(target.name)
    at = target.end
    if (at < words.length && words[at]?.text !== ',') return undefined
  }
  const gone = [...from].filter((name) => !to.has(name)).map((name): Named => ({ kind: 'table', name, after: 'absent' }))
  const made = [...to].filter((name) => !from.has(name)).map((name): Named => ({ kind: 'table', name, after: 'present' }))
  return gone.length === 0 ? undefined : [...gone, ...made]
}

export function droppedTables(words: readonly Word[], kind: ObjectKind = 'table'): readonly Named[] | undefined {
  const names: Named[] = []
  let at = follows(words, 2, ['IF', 'EXISTS']) ?? 2
  do {
    const { name, end } = nameAt(words, at)
    if (name === undefined) return undefined
    names.push({ kind, name, after: 'absent' })
    at = end + 1
  } while (words[at - 1]?.text === ',')
  return names
}

/** `CREATE INDEX i ON t`, `DROP INDEX i ON t`. */
export function indexedTable(words: readonly Word[]): readonly Named[] | undefined {
  const on = words.findIndex((word) => word.depth === 0 && word.text === 'ON')
  const { name } = nameAt(words, on + 1)
  return on < 0 || name === undefined ? undefined : [{ kind: 'table', name, after: 'changed' }]
}
