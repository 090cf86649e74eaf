import { closestName } from '../../errors/closest-name.ts'
import { coreErrors } from '../../errors/errors.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import type { CommentLine } from './sql-layout.ts'

/** Keys of the header, in the order in which they are written. */
export const headerKeys = [
  'id',
  'parents',
  'description',
  'author',
  'date',
  'ticket',
  'state',
  'phase',
  'transaction',
  'reversibility',
  'applies-to',
  'requires',
  'needs',
  'repeatable',
  'merge-order',
  'merge-independent',
  'merge-reason',
  'covers',
] as const
export type HeaderKey = (typeof headerKeys)[number]

export interface HeaderField {
  readonly key: string
  readonly value: string
  readonly line: number
}

export interface HeaderFields {
  /** True where the file states an id: only then every key has to be known. */
  readonly hasId: boolean
  readonly fields: ReadonlyMap<HeaderKey, HeaderField>
  readonly other: Readonly<Record<string, string>>
  readonly problems: readonly YamaError[]
}

const known: ReadonlySet<string> = new Set(headerKeys)
/** In a file without an id these are read from any comment on top; everything else there is a comment. */
const forPeople: ReadonlySet<string> = new Set(['description', 'author', 'date', 'ticket'])
/** These are read there too, but only with exactly these values: comments in real files say `Phase: 2 of 3`. */
const exact: Readonly<Record<string, readonly string[]>> = {
  transaction: ['auto', 'none'],
  phase: ['expand', 'migrate', 'contract'],
  repeatable: ['true', 'always'],
}

const parseLine = ({ text, line }: CommentLine): HeaderField | undefined => {
  const found = /^--[ \t]*([A-Za-z][A-Za-z-]*)[ \t]*:(?!\/\/)[ \t]*(.*)$/.exec(text)
  return found === null ? undefined : { key: found[1] ?? '', value: (found[2] ?? '').trim(), line }
}

/** The lines around the id, without a line between that is no `key: value`. */
const blockOf = (fields: readonly (HeaderField | undefined)[], lines: readonly CommentLine[], index: number): readonly HeaderField[] => {
  const block: HeaderField[] = []
  const joined = (i: number, j: number): boolean => Math.abs((lines[i]?.line ?? 0) - (lines[j]?.line ?? 0)) === 1
  for (let i = index; fields[i] !== undefined && (i === index || joined(i, i + 1)); i--) block.unshift(fields[i]!)
  for (let i = index + 1; fields[i] !== undefined && joined(i, i - 1); i++) block.push(fields[i]!)
  return block
}

/** In a file without an id, what reads as a need of a server is one; `-- needs: review` is a comment. */
const isNeed = ({ key, value }: HeaderField): boolean =>
  key === 'needs' &&
  /^\[?\s*(?:(?:server|postgres|mysql|mariadb|sqlite)\s*[<>=!]|(?:extension|privilege|setting)\s|(?:tool|env)\s+[\w.+-]+\s*(?:,|\]|$))/.test(
    value,
  )

/** Reads the header's lines; never throws. A repeatable file needs no id for its keys. */
export function headerFields(lines: readonly CommentLine[], file: string, repeatable = false): HeaderFields {
  const parsed = lines.map(parseLine)
  const idIndex = parsed.findIndex((field) => field?.key === 'id' && /^[^\s,@]+$/.test(field.value))
  const strict: ReadonlySet<HeaderField | undefined> = new Set(idIndex < 0 ? [] : blockOf(parsed, lines, idIndex))
  const repeats = repeatable || parsed.some((field) => field?.key === 'repeatable' && exact['repeatable']?.includes(field.value))
  const fields = new Map<HeaderKey, HeaderField>()
  const other: Record<string, string> = {}
  const problems: YamaError[] = []
  for (const field of parsed) {
    if (field === undefined) continue
    const lower = field.key.toLowerCase()
    const people = forPeople.has(lower)
    const wanted =
      strict.has(field) ||
      people ||
      (repeats && field.key === 'requires') ||
      (idIndex < 0 && (exact[field.key]?.includes(field.value) === true || field.key === 'parents' || isNeed(field)))
    if (!wanted) continue
    const key = people ? lower : field.key
    if (!known.has(key)) {
      if (key.startsWith('x-')) other[key] = field.value
      else problems.push(unknownKey(field, file))
    } else if (!fields.has(key as HeaderKey)) fields.set(key as HeaderKey, { ...field, key })
    else if (strict.has(field)) problems.push(invalidValue({ ...field, key }, file, 'stated once'))
  }
  return { hasId: idIndex >= 0, fields, other, problems }
}

const unknownKey = (field: HeaderField, file: string): YamaError => {
  const near = closestName(field.key, headerKeys)
  return coreErrors.YAMA_SOURCE_HEADER_KEY(
    { file, key: field.key, suggestion: near === undefined ? '' : ` Did you mean \`${near}\`?`, known: headerKeys.join(', ') },
    { position: { file, line: field.line, column: 4 } },
  )
}

/** YAMA_SOURCE_HEADER_VALUE for a field. */
export const invalidValue = (field: HeaderField, file: string, expected: string): YamaError =>
  coreErrors.YAMA_SOURCE_HEADER_VALUE(
    { file, key: field.key, value: field.value, expected },
    { position: { file, line: field.line, column: 4 } },
  )
