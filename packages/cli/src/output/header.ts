import { redactUrl } from '../config/redact-url.ts'
import type { CliContext } from '../program/cli-context.ts'

/** Where a command acts: environment and database, on every command that could change something. */
export async function header(context: CliContext): Promise<string> {
  const { environment, dialect } = await context.database()
  const { color } = context
  const mark = environment.production ? color.red(' production') : ''
  return color.dim(`${environment.name}${mark}: ${dialect.kind} ${redactUrl(environment.database?.url ?? '')}`)
}
