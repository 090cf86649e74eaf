import { toDiagnostic } from '../errors/to-diagnostic.ts'
import { YamaError } from '../errors/yama-error.ts'
import { coreErrors } from '../errors/errors.ts'
import type { Diagnostic } from '../contract/diagnostic.ts'

const isDiagnostics = (data: unknown): data is readonly Diagnostic[] =>
  Array.isArray(data) &&
  data.length > 0 &&
  data.every((each) => typeof each === 'object' && each !== null && 'code' in each && 'message' in each)

/** The same error with other context; errors are values and never changed. */
const rewrite = (error: YamaError, change: { readonly position?: YamaError['position']; readonly data?: unknown }): YamaError => {
  const { code, message, hint, docs, details } = error
  const position = change.position ?? error.position
  const data = change.data ?? error.data
  return new YamaError(
    { code, message, hint, docs, details, ...(position === undefined ? {} : { position }), ...(data === undefined ? {} : { data }) },
    { cause: error.cause },
  )
}

/** Gives an error that knows only line and column (of the dialect's lexer) its file; other errors get the file's start. */
export function inFile(error: YamaError, file: string): YamaError {
  const position = error.position ?? { file, line: 1, column: 1 }
  return rewrite(error, { position: position.file === '' ? { ...position, file } : position })
}

const byPlace = ({ position: a }: YamaError, { position: b }: YamaError): number => {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

/** One error for all problems: the problem itself where there is one, YAMA_SOURCE_INVALID otherwise; `data` lists them by file and line. */
export function combineProblems(unsorted: readonly YamaError[], directory: string): YamaError {
  const problems = unsorted.toSorted(byPlace)
  const data = problems.flatMap((problem) => (isDiagnostics(problem.data) ? problem.data : [toDiagnostic(problem, 'error')]))
  const [first] = problems
  if (first !== undefined && problems.length === 1) return rewrite(first, { data })
  return coreErrors.YAMA_SOURCE_INVALID({ directory, count: data.length }, { data, position: first?.position })
}
