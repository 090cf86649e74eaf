import type { Diagnostic, SourcePosition } from '@yama/core'
import { type EntityCode, sourceYamlErrors } from './errors.ts'

type Details = Readonly<Record<string, string | number>>

/** Collects mistakes, so that a reader gets all of them in one go. */
export interface Report {
  error(code: EntityCode, details: Details, position: SourcePosition): void
  warning(code: EntityCode, details: Details, position: SourcePosition, object?: string): void
  info(code: EntityCode, details: Details, position: SourcePosition): void
  readonly found: readonly Diagnostic[]
  /** Rejects with YAMA_ENTITY_INVALID when an error was reported; `data` is the list. */
  throwIfAny(): void
}

const byPlace = (left: Diagnostic, right: Diagnostic): number => {
  const a = left.position
  const b = right.position
  if (a === undefined || b === undefined) return 0
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

export function createReport(): Report {
  const found: Diagnostic[] = []
  const seen = new Set<string>()
  const add = (severity: Diagnostic['severity'], code: EntityCode, details: Details, position: SourcePosition, object?: string): void => {
    const make = sourceYamlErrors[code] as (details: Details) => { message: string; hint: string; docs: string }
    const { message, hint, docs } = make(details)
    const key = `${code} ${message} ${position.file}:${position.line}:${position.column}`
    if (seen.has(key)) return
    seen.add(key)
    found.push({ code, severity, message, hint, docs, position, ...(object === undefined ? {} : { object }) })
  }
  return {
    error: (code, details, position) => add('error', code, details, position),
    warning: (code, details, position, object) => add('warning', code, details, position, object),
    info: (code, details, position) => add('info', code, details, position),
    get found() {
      return found.toSorted(byPlace)
    },
    throwIfAny() {
      const errors = found.filter((each) => each.severity === 'error').toSorted(byPlace)
      const first = errors[0]
      if (first === undefined) return
      const count = errors.length === 1 ? 'One mistake' : `${errors.length} mistakes`
      throw sourceYamlErrors.YAMA_ENTITY_INVALID({ count, first: first.message }, { position: first.position, data: errors })
    },
  }
}
