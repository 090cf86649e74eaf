import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'

/** Rejects with YAMA_PRODUCTION_REFUSED where the environment is marked production. */
export async function refuseProduction(context: CliContext, command: string): Promise<void> {
  const { environment } = await context.database()
  if (environment.production) throw cliErrors.YAMA_PRODUCTION_REFUSED({ command, environment: environment.name })
}
