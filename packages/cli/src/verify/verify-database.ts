import type { Diagnostic, Status, Yama } from '@yama/core'
import { coreErrors, toDiagnostic } from '@yama/core'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { waitForDatabase } from '../program/wait-for-database.ts'
import { verifyQueries } from './verify-queries.ts'
import { verifyState } from './verify-state.ts'

interface Part {
  readonly name: string
  /** What was looked at, where nothing is wrong. */
  readonly good: string
  readonly found: readonly Diagnostic[]
}

/** Everything that can be told of a database without changing it. Exits 10 where something is wrong. */
export async function verifyDatabase(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
  await waitForDatabase(context, options)
  const yama = await context.yama([], { mustExist: true })
  const status = await yama.status()
  const server = await yama.server()
  const snapshot = await yama.snapshot()
  const deep = options['data'] !== false
  const parts: Part[] = [filesPart(await yama.check(), status), await logPart(context, yama), await databasePart(yama, status, deep)]
  // One session is enough, and an embedded database has no second.
  await yama[Symbol.asyncDispose]()
  parts.push(await verifyState(context, status, snapshot))
  const queries = deep ? await verifyQueries(context) : undefined
  if (queries !== undefined) parts.push(queries)
  return describe(context, parts, options['strict'] === true, await header(context, server), status)
}

function filesPart(found: readonly Diagnostic[], { applied, pending }: Status): Part {
  return { name: 'files', good: `${applied.length} applied as their files say, ${pending.length} pending`, found }
}

async function logPart(context: CliContext, yama: Yama): Promise<Part> {
  let told = performance.now()
  const { events, findings, state } = await yama.audit({
    onPage: (count) => {
      if (performance.now() - told < 1000) return
      told = performance.now()
      context.note(`  … ${count} events read`)
    },
  })
  const found = [
    ...findings.map(({ message }) => coreErrors.YAMA_AUDIT_BROKEN({ finding: message, count: findings.length })),
    ...state.map(({ migration, message }) => coreErrors.YAMA_AUDIT_STATE({ id: migration, finding: message })),
  ]
  return { name: 'log', good: `${events} events, unbroken`, found: found.map((error) => toDiagnostic(error, 'error')) }
}

async function databasePart(yama: Yama, status: Status, deep: boolean): Promise<Part> {
  const found = [...(await yama.examine({ deep })), ...openOf(status)]
  return { name: 'database', good: `nothing half-done${deep ? ', no broken reference' : ''}`, found }
}

function openOf({ history }: Status): readonly Diagnostic[] {
  const open = [
    ...new Set([
      ...history.openSteps.map(({ migrationId }) => migrationId),
      ...history.migrations.filter(({ status }) => status === 'partial' || status === 'unknown').map(({ id }) => id),
    ]),
  ]
  return open.map((id) => toDiagnostic(coreErrors.YAMA_RUN_OPEN({ id, status: 'open', what: 'a run of it did not end' }), 'error'))
}

function describe(context: CliContext, parts: readonly Part[], strict: boolean, top: string, { pending }: Status): CommandOutcome {
  const { color } = context
  const counts = (found: readonly Diagnostic[]): number =>
    found.filter(({ severity }) => severity === 'error' || (strict && severity === 'warning')).length
  const bad = parts.reduce((sum, { found }) => sum + counts(found), 0) + (strict && pending.length > 0 ? 1 : 0)
  const lines = parts.flatMap(({ name, good, found }) => {
    const wrong = found.filter(({ severity }) => severity !== 'info')
    const mark = counts(found) > 0 ? color.red('✗') : wrong.length > 0 ? color.yellow('!') : color.green('✓')
    return [`${mark} ${name}: ${wrong.length === 0 ? good : `${wrong.length} finding(s)`}`]
  })
  return {
    data: { parts: parts.map(({ name, found }) => ({ name, ok: counts(found) === 0, findings: found.length })), pending: pending.length },
    text: [top, ...lines].join('\n'),
    exitCode: bad === 0 ? 0 : 10,
    reason: bad === 0 ? 'ok' : 'verification failed',
    diagnostics: parts.flatMap(({ found }) => found),
  }
}
