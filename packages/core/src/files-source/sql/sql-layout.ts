import type { TransactionMode } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import { closestName } from '../../errors/closest-name.ts'
import { parseMarker } from './parse-marker.ts'

/** A run of lines of the file. `whole`: stands between StatementBegin and StatementEnd, so it is one statement. */
export interface Segment {
  readonly text: string
  readonly line: number
  readonly whole: boolean
}

/** A `-- …` line that may be part of the header, with its place. `block` numbers runs of neighbouring lines. */
export interface CommentLine {
  readonly text: string
  readonly line: number
}

/** A file cut at its markers. */
export interface SqlLayout {
  readonly marked: boolean
  /** Comment lines on top of the file and directly after the Up marker. */
  readonly header: readonly CommentLine[]
  /** What stands before the first marker; everything where there is none. */
  readonly before: Segment
  /** Something but line comments stands there. */
  readonly contentBefore: boolean
  readonly up: readonly Segment[]
  readonly down: readonly Segment[] | undefined
  readonly transaction: { up?: TransactionMode; down?: TransactionMode }
  readonly problems: readonly YamaError[]
}

/** Cuts a file at its markers, line by line; never throws. */
export function sqlLayout(text: string, file: string): SqlLayout {
  const problems: YamaError[] = []
  const header: CommentLine[] = []
  const transaction: { up?: TransactionMode; down?: TransactionMode } = {}
  const sections: { before: Segment[]; up: Segment[] | undefined; down: Segment[] | undefined } = {
    before: [],
    up: undefined,
    down: undefined,
  }
  let section = 'before' as 'before' | 'up' | 'down'
  let start = 0
  let startLine = 1
  let whole: { line: number; marker: string } | undefined
  let inHeader = true
  let contentBefore = false
  let dbmate = false

  const close = (end: number): void => {
    if (end > start) sections[section]?.push({ text: text.slice(start, end), line: startLine, whole: whole !== undefined })
  }
  const refuse = (marker: string, line: number, problem: string): void => {
    problems.push(coreErrors.YAMA_SOURCE_MARKER({ file, marker, problem }, { position: { file, line, column: 1 } }))
  }
  const enter = (next: 'up' | 'down', marker: string, line: number): void => {
    if (whole !== undefined) refuse(whole.marker, whole.line, 'has no StatementEnd')
    if (next === 'down' && sections.up === undefined) refuse(marker, line, 'stands before Up')
    else if (sections[next] !== undefined && !dbmate) refuse(marker, line, 'is there twice')
    else if (next === 'up' && sections.down !== undefined && !dbmate) refuse(marker, line, 'stands after Down')
    whole = undefined
    section = next
    sections[next] ??= []
    inHeader = next === 'up'
  }

  const apply = (marker: NonNullable<ReturnType<typeof parseMarker>>, line: number): void => {
    dbmate ||= marker.dialect === 'dbmate'
    switch (marker.command) {
      case 'up':
      case 'down':
        enter(marker.command, marker.text, line)
        if (marker.none) transaction[marker.command] = 'none'
        return
      case 'none':
        transaction.up = 'none'
        transaction.down = 'none'
        return
      case 'begin':
        if (whole !== undefined) refuse(marker.text, line, 'is inside another statement')
        else if (section === 'before') refuse(marker.text, line, 'stands before Up')
        whole = { line, marker: marker.text }
        return
      case 'end':
        if (whole === undefined) refuse(marker.text, line, 'has no StatementBegin')
        whole = undefined
        return
      case 'unknown': {
        const near = closestName(marker.word, ['Up', 'Down', 'StatementBegin', 'StatementEnd'])
        refuse(marker.text, line, near === undefined ? 'is unknown' : `is unknown; did you mean ${near}?`)
      }
    }
  }

  let line = 1
  for (let at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at)
    const next = newline < 0 ? text.length : newline + 1
    const comment = text.startsWith('--', at) ? text.slice(at, next).trimEnd() : undefined
    const marker = comment === undefined ? undefined : parseMarker(comment)
    if (marker !== undefined) {
      close(at)
      apply(marker, line)
      start = next
      startLine = line + 1
    } else if (inHeader) {
      const blank = comment === undefined && text.slice(at, next).trim() === ''
      if (comment !== undefined) header.push({ text: comment, line })
      else if (section === 'up' || !blank) inHeader = false
      contentBefore ||= section === 'before' && !inHeader
    }
    at = next
  }
  close(text.length)
  if (whole !== undefined) refuse(whole.marker, whole.line, 'has no StatementEnd')
  const [before = { text: '', line: 1, whole: false }] = sections.before
  const marked = sections.up !== undefined || sections.down !== undefined
  return { marked, header, before, contentBefore, up: marked ? (sections.up ?? []) : [before], down: sections.down, transaction, problems }
}
