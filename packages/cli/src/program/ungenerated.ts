import { toDiagnostic, type Diagnostic } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'

/** What the entities say and no migration does, and what was noticed on the way. Replays the history in a scratch database where the cache does not know it. */
export async function ungenerated(context: CliContext): Promise<readonly Diagnostic[]> {
  const { generate } = await import('@yama/authoring')
  const report = await generate(await context.authoring(), { prove: false, preview: true })
  if (report.status === 'empty') return report.diagnostics
  return [
    ...report.diagnostics,
    toDiagnostic(cliErrors.YAMA_CHECK_UNGENERATED({ changes: report.up.map(({ title }) => title).join('; ') }), 'error'),
  ]
}
