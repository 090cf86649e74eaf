import { coreErrors, toDiagnostic, type Diagnostic } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { text } from '../program/option-values.ts'

/** Reads the whole log and says whether anybody but Yama changed it. Exits 10 where somebody did. */
export async function verifyLog(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
  const anchor = text(options['head'])
  if (anchor !== undefined && !/^\d+:[0-9a-f]{8,64}$/.test(anchor))
    throw cliErrors.YAMA_CLI_USAGE({
      problem: `--head takes the number and the hash of an event, not ${anchor}.`,
      next: '`yama audit verify` prints it: 1042:9f2c41d0…',
    })
  const yama = await context.yama([], { withoutFiles: true })
  let told = performance.now()
  const report = await yama.audit({
    ...(anchor === undefined ? {} : { anchor }),
    onPage: (events) => {
      if (performance.now() - told < 1000) return
      told = performance.now()
      context.note(`  … ${events} events read`)
    },
  })
  const { events, head, findings, state } = report
  const diagnostics: readonly Diagnostic[] = [
    ...findings.map(({ message }) => toDiagnostic(coreErrors.YAMA_AUDIT_BROKEN({ finding: message, count: findings.length }), 'error')),
    ...state.map(({ migration, message }) => toDiagnostic(coreErrors.YAMA_AUDIT_STATE({ id: migration, finding: message }), 'error')),
  ]
  const bad = diagnostics.length
  const lines = [
    ...findings.map(({ message }) => `  ${context.color.red('✗')} ${message}`),
    ...state.map(({ migration, message }) => `  ${context.color.red('✗')} ${migration}: ${message}`),
    bad === 0 ? `${events} event(s), unbroken; the state is what they lead to` : `${events} event(s), ${bad} finding(s)`,
    `head ${head}`,
  ]
  return {
    data: report,
    text: [await header(context), ...lines].join('\n'),
    exitCode: bad === 0 ? 0 : 10,
    reason: bad === 0 ? 'ok' : 'the log was tampered with',
    // The findings are in the text already; machines read them from the data and from here.
    diagnostics: context.globals.json === false ? [] : diagnostics,
  }
}
