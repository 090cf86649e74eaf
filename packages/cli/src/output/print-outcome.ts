import type { Diagnostic, Edit, YamaError } from '@yama/core'
import type { CommandOutcome } from '../program/command.ts'
import type { GlobalOptions } from '../program/global-options.ts'
import { errorDiagnostics } from './error-diagnostics.ts'
import { paint } from './paint.ts'
import { paintDiff } from './paint-diff.ts'
import { renderDiagnostic } from './render-diagnostic.ts'

export interface Ran {
  readonly command: string
  readonly globals: GlobalOptions
  readonly env?: string | undefined
  readonly targets?: readonly { readonly environment: string; readonly database: string }[]
  /** `performance.now()` of the start. */
  readonly started: number
}

/** Prints what a command gave back: data on stdout, findings on stderr. Returns the exit code. */
export function printOutcome(ran: Ran, outcome: CommandOutcome): number {
  const code = outcome.exitCode ?? 0
  if (ran.globals.json !== false) {
    writeEnvelope(ran, {
      ok: code === 0,
      exitCode: code,
      reason: outcome.reason ?? (code === 0 ? 'ok' : 'see diagnostics'),
      data: outcome.data ?? null,
      decisions: outcome.decisions ?? [],
      diagnostics: outcome.diagnostics ?? [],
    })
    return code
  }
  const color = paint(ran.globals.color)
  for (const diagnostic of outcome.diagnostics ?? []) {
    if (diagnostic.severity !== 'info' || !ran.globals.quiet)
      process.stderr.write(`${renderDiagnostic(diagnostic, ran.globals.cwd, color)}\n`)
  }
  if (outcome.text !== undefined && outcome.text !== '')
    process.stdout.write(outcome.text.endsWith('\n') ? outcome.text : `${outcome.text}\n`)
  return code
}

/** Prints an error: never a stack trace, except the cause's with `--verbose`. */
export function printFailure(ran: Ran, error: YamaError, code: number): number {
  const diagnostics = errorDiagnostics(error)
  if (ran.globals.json !== false) {
    const decisions = decisionsOf(error)
    const edited = editsOf(error)
    writeEnvelope(ran, {
      ok: false,
      exitCode: code,
      reason: error.code,
      data: edited.length === 0 ? null : { edited },
      decisions,
      diagnostics,
    })
    return code
  }
  const color = paint(ran.globals.color)
  process.stderr.write(`${diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, ran.globals.cwd, color)).join('\n\n')}\n`)
  for (const { diff } of editsOf(error)) if (diff !== '') process.stderr.write(`\n${paintDiff(diff, color)}\n\n`)
  const text = renderedText(error)
  if (text !== undefined) process.stderr.write(`\n${text}\n`)
  if (diagnostics.length > 1) process.stderr.write(`\n${diagnostics.length} mistakes. ${error.hint}\n`)
  process.stderr.write(color.dim(`  explained by: yama explain ${diagnostics[0]?.code ?? error.code}\n`))
  if (ran.globals.verbose && error.cause instanceof Error)
    process.stderr.write(`\n${color.dim(error.cause.stack ?? error.cause.message)}\n`)
  return code
}

interface EnvelopeBody {
  readonly ok: boolean
  readonly exitCode: number
  readonly reason: string
  readonly data: unknown
  readonly decisions: readonly unknown[]
  readonly diagnostics: readonly Diagnostic[]
}

function writeEnvelope(ran: Ran, body: EnvelopeBody): void {
  const envelope = {
    schemaVersion: 1,
    command: ran.command,
    env: ran.env ?? ran.globals.env ?? null,
    targets: ran.targets ?? [],
    ...body,
    diagnostics: body.diagnostics.map(flat),
    timing: { durationMs: Math.round(performance.now() - ran.started) },
    trace_id: crypto.randomUUID(),
  }
  process.stdout.write(
    ran.globals.json === 'stream' ? `${JSON.stringify({ type: 'result', ...envelope })}\n` : `${JSON.stringify(envelope, null, 2)}\n`,
  )
}

const flat = ({ position, ...rest }: Diagnostic): Readonly<Record<string, unknown>> =>
  position === undefined ? rest : { ...rest, file: position.file, line: position.line, col: position.column }

function decisionsOf(error: YamaError): readonly unknown[] {
  const { data } = error
  return typeof data === 'object' && data !== null && 'decisions' in data && Array.isArray(data.decisions) ? data.decisions : []
}

/** What was run against what a file says, where the error is about an edit. */
function editsOf({ data }: YamaError): readonly Edit[] {
  return typeof data === 'object' && data !== null && 'edited' in data && Array.isArray(data.edited) ? (data.edited as Edit[]) : []
}

function renderedText(error: YamaError): string | undefined {
  const { data } = error
  return typeof data === 'object' && data !== null && 'text' in data && typeof data.text === 'string' ? data.text : undefined
}
