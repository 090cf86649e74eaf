import type { SourcePosition } from '../contract/migration.ts'

/** The place in the file of an offset in a statement which starts at `start`; the start itself where no offset is known. */
export function statementPosition(start: SourcePosition | undefined, text: string, offset: number | undefined): SourcePosition | undefined {
  if (start === undefined || offset === undefined || offset <= 0) return start
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { file: start.file, line: start.line, column: start.column + last.length }
    : { file: start.file, line: start.line + lines.length - 1, column: last.length + 1 }
}
