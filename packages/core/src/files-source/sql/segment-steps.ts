import type { SplitStatement } from '../../contract/dialect.ts'
import type { SqlStep, TransactionMode } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'
import { YamaError } from '../../errors/yama-error.ts'
import type { FileDialect } from '../file-reader.ts'
import { inFile } from '../problems.ts'
import { dropTransactionControl } from './drop-transaction-control.ts'
import { foreignMarker } from './foreign-marker.ts'
import type { Segment } from './sql-layout.ts'

export interface SegmentSteps {
  readonly steps: readonly SqlStep[]
  readonly mode: TransactionMode
}

/** Lines are those of the file because as many line ends stand before the text. */
const placedText = (segment: Segment): string => '\n'.repeat(segment.line - 1) + segment.text

const splitSegment = (segment: Segment, text: string, dialect: FileDialect): readonly SplitStatement[] => {
  const statements = dialect.splitStatements(text)
  const [first] = statements
  if (!segment.whole || first === undefined || statements.length === 1) return statements
  // Whoever wrote StatementBegin wants it to be one statement, whatever the lexer thinks.
  const { control: _, ...whole } = first
  const alone = statements.some(({ transaction }) => transaction === 'none')
  return [{ ...whole, text: text.slice(first.offset).trimEnd(), transaction: alone ? 'none' : 'any' }]
}

/** The steps of one direction. Problems are pushed, not thrown, so that the other direction is read too. */
export function segmentSteps(
  segments: readonly Segment[],
  mode: TransactionMode,
  file: string,
  dialect: FileDialect,
  problems: YamaError[],
  direction: 'up' | 'down' = 'up',
): SegmentSteps {
  const statements: SplitStatement[] = []
  for (const segment of segments) {
    try {
      const text = placedText(segment)
      const split = splitSegment(segment, text, dialect)
      const foreign = direction === 'up' ? foreignMarker(text, split) : undefined
      if (foreign !== undefined) {
        const problem = 'is read by nobody, and what stands below it would run as part of Up'
        problems.push(
          coreErrors.YAMA_SOURCE_MARKER({ file, marker: foreign.text, problem }, { position: { file, line: foreign.line, column: 1 } }),
        )
      }
      // One by one: a dump has more rows than a call takes arguments.
      for (const statement of split) statements.push(statement)
    } catch (error) {
      if (!YamaError.is(error)) throw error
      problems.push(inFile(error, file))
    }
  }
  const result = dropTransactionControl(statements, mode)
  if (result.refused !== undefined) {
    const { text, line, column } = result.refused
    problems.push(coreErrors.YAMA_SOURCE_TRANSACTION({ file, statement: text }, { position: { file, line, column } }))
  }
  const steps = result.statements.map(({ text, line, column, transaction }): SqlStep => ({
    kind: 'sql',
    text,
    position: { file, line, column },
    transaction,
  }))
  return { steps, mode: result.mode }
}
