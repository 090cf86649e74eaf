import type { SplitStatement } from '../../contract/dialect.ts'

export interface ForeignMarker {
  readonly text: string
  readonly line: number
}

/** The tools that cut a file at a comment, and what they put around the word. */
const TOOLS = '(?:(?:yama|migrate|migration|goose|dbmate|micrate|rambler)[ \\t:]*)*'
const AFTER = '(?:[ \\t:]*(?:migration|script|section|sql))?'
/** A comment that says nothing but "down": `-- Down Migration`, `-- //@UNDO`, `# --- !Downs`, `---- create above / drop below ----`. */
const MARKER = new RegExp(
  `^[ \\t]*(?:--|#)[^\\p{L}\\n]*(?:${TOOLS}(?:downs?|undo|rollback)${AFTER}|create above / drop below)[^\\p{L}\\n]*$`,
  'gimu',
)

/** A rollback that stands in comments itself is for people. */
const COMMENTED = /^[ \t]*--[ \t]*rollback[ \t]*:[ \t]*\r?\n[ \t]*--/i

/** Where a statement's code begins: comments that Yama itself reads are part of it. */
const codeAt = ({ offset, text }: SplitStatement): number => offset + (/^(?:[ \t]*(?:--|#).*\n\s*)*/.exec(text)?.[0].length ?? 0)

/**
 * A comment between two statements by which another tool, or a hand, begins what goes down. Nothing reads it here, so that the
 * statements below it would run as part of Up.
 */
export function foreignMarker(text: string, statements: readonly SplitStatement[]): ForeignMarker | undefined {
  for (const found of text.matchAll(MARKER)) {
    const next = statements.findIndex((statement) => codeAt(statement) > found.index)
    const before = statements[next - 1]
    // Inside of a statement, before the first or after the last it cuts nothing.
    if (before === undefined || found.index < before.offset + before.text.length) continue
    if (COMMENTED.test(text.slice(found.index))) continue
    return { text: found[0].trim(), line: text.slice(0, found.index).split('\n').length }
  }
  return undefined
}
