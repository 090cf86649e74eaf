import type { ServerInfo } from '@yama/core'
import { redactUrl } from '../config/redact-url.ts'
import type { CliContext } from '../program/cli-context.ts'

/** Where a command acts: environment, database, server and role, on every command that could change something. */
export async function header(context: CliContext, server?: ServerInfo): Promise<string> {
  const { environment, dialect } = await context.database()
  const { color } = context
  const mark = environment.production ? color.red(' production') : ''
  const product = server?.product ?? dialect.kind
  const user = server === undefined || server.user === '' ? '' : ` as ${server.user}`
  return color.dim(`${environment.name}${mark}: ${product}, ${redactUrl(environment.database?.url ?? '')}${user}`)
}
