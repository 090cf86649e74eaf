import type { FactBase } from '@yama/schema'
import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import type { CliContext } from './cli-context.ts'
import type { CommandOutcome } from './command.ts'
import { text } from './option-values.ts'

/** So many differing objects are named. */
const SHOWN = 20

/** Finds out up to which migration an existing database corresponds, and records that. Rejects with YAMA_BASELINE_UNDETECTED. */
export async function detectExisting(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
  const { detectBaseline, majorOf, withScratchMajor } = await import('@yama/authoring')
  const live = await liveFacts(context)
  const project = await withScratchMajor(await context.authoring(), majorOf(live.tag))
  let told = performance.now()
  const { match, unclear, nearest } = await detectBaseline(project, live, (done, total) => {
    if (performance.now() - told < 1000) return
    told = performance.now()
    context.note(`  … ${done} of ${total} migrations compared`)
  })
  if (match === undefined) {
    const differences = nearest?.differences ?? []
    const rest = differences.length > SHOWN ? `; and ${differences.length - SHOWN} more` : ''
    const details = { after: nearest?.after ?? 'base', differences: `${differences.slice(0, SHOWN).join('; ')}${rest}` }
    throw cliErrors.YAMA_BASELINE_UNDETECTED(details, { data: nearest })
  }
  const dryRun = options['dryRun'] === true
  const yama = await context.yama([], { mustExist: true })
  const done = new Set((await yama.status()).applied.map(({ id }) => id))
  const reason = `detected: the schema is that after ${match}. ${text(options['reason']) ?? ''}`
  const report = match === 'base' || dryRun || done.has(match) ? undefined : await yama.baseline([match], { reason })
  const lines = [
    match === 'base' ? 'The database is as it is before every migration.' : `The database is as after ${match}.`,
    ...(report?.applied ?? []).map((id) => `  recorded ${id}`),
    ...(unclear.length === 0 ? [] : [`Change no schema, so they stay pending: ${unclear.join(', ')}`]),
  ]
  return {
    data: { match, unclear, recorded: report?.applied ?? [], dryRun },
    text: [await header(context), ...lines].join('\n'),
    diagnostics: report?.diagnostics ?? [],
  }
}

async function liveFacts(context: CliContext): Promise<FactBase> {
  const { scope, whole } = await context.database()
  const dialect = await whole()
  const { schemaDialect } = await import('@yama/authoring')
  const connection = await dialect.connect(context.signal)
  try {
    return await schemaDialect(dialect).extract(connection, scope)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}
