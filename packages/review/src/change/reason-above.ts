import type { Migration, SqlStep } from '@yama/core'

/** Lines of a header or a marker, which are for Yama or another tool and not about the statement. */
const MARKER =
  /^(?:\+\w+|yama:|(?:id|parents|covers|description|author|date|ticket|state|phase|transaction|reversibility|applies-to|requires|needs|repeatable|merge-[a-z]+|x-[\w-]+|migration|rollback)\s*:)/i

/** The comment lines that stand directly above a statement, in its file or in its own text; undefined where there are none. */
export function reasonAbove({ file, body, downBody }: Migration, { text, position }: SqlStep): string | undefined {
  const own = /^(?:\s*--[^\n]*\n)+/.exec(text)?.[0]
  if (own !== undefined) return commentOf(own.split('\n').slice(0, -1))
  if (position === undefined) return undefined
  const lines = ((position.file === file ? body : downBody) ?? '').split('\n')
  return commentOf(lines.slice(0, position.line - 1))
}

/** The comment with which the lines end. */
function commentOf(lines: readonly string[]): string | undefined {
  const found: string[] = []
  for (const line of lines.toReversed()) {
    const comment = /^\s*--\s?(.*)$/.exec(line)?.[1]?.trim()
    if (comment === undefined || MARKER.test(comment)) break
    found.unshift(comment)
  }
  const text = found.join(' ').trim()
  return text === '' ? undefined : text
}
