import type { Step } from '@yama/core'
import type { FileDialect } from '@yama/core/files'
import { operations } from '@yama/schema'
import { closestName } from '@yama/core'
import { sourceYamlErrors } from '../errors/errors.ts'
import type { Path, SourceDocument } from '../read/source-document.ts'

const known = Object.keys(operations)

/** The steps of one direction, in order. */
export function readSteps(document: SourceDocument, value: unknown, direction: 'up' | 'down', dialect: FileDialect): readonly Step[] {
  const refuse = (path: Path, problem: string, fix: string): Error =>
    sourceYamlErrors.YAMA_MIGRATION_YAML({ file: document.file, problem, fix }, { position: document.at(path) })
  const example = 'Write a list: `- sql: "…"` or `- renameColumn: { table: users, from: name, to: full_name }`.'
  if (typeof value === 'string') return sqlSteps(document, [direction], value, dialect)
  if (!Array.isArray(value)) throw refuse([direction], `\`${direction}:\` is not a list of steps`, example)
  return value.flatMap((entry: unknown, index): readonly Step[] => {
    const path: Path = [direction, index]
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      throw refuse(path, `step ${index + 1} of \`${direction}\` is not a mapping`, example)
    const [name, ...others] = Object.keys(entry)
    if (name === undefined) throw refuse(path, `step ${index + 1} of \`${direction}\` is empty`, example)
    if (others.length > 0)
      throw refuse(
        [...path, others[0] ?? ''],
        `step ${index + 1} of \`${direction}\` has the keys ${[name, ...others].map((key) => `\`${key}\``).join(' and ')}`,
        'Make each of them a step of its own, and indent what belongs to an operation below it.',
      )
    const input = (entry as Readonly<Record<string, unknown>>)[name]
    if (name === 'sql' && typeof input === 'string') return sqlSteps(document, [...path, 'sql'], input, dialect)
    const near = known.includes(name) ? undefined : closestName(name, known)
    if (near !== undefined) throw refuse(path, `there is no operation \`${name}\``, `Did you mean \`${near}\`?`)
    if (name === 'sql' && (typeof input !== 'object' || input === null))
      throw refuse(path, '`sql` is not text', 'Write `sql: "…"`, or `sql: { up: "…", down: "…" }`.')
    return [{ kind: 'operation', name, input, position: document.keyAt([...path, name]) }]
  })
}

function sqlSteps(document: SourceDocument, path: Path, text: string, dialect: FileDialect): readonly Step[] {
  const start = document.at(path)
  const block = /^[|>]/.test(document.sourceOf(path) ?? '')
  return dialect.splitStatements(text).map((statement) => ({
    kind: 'sql',
    text: statement.text,
    transaction: statement.transaction,
    // The text of a block begins on the line below its mark.
    position: block ? { ...start, line: start.line + statement.line, column: statement.column } : start,
  }))
}
