import { createYama } from '@yama/core'
import type { CliContext } from './cli-context.ts'
import { yamaConfig } from './open-yama.ts'
import { stateFile } from './state-file.ts'

/** What each of several environments has applied, by name: from their databases, and from files of `yama state export`. */
export async function appliedIn(
  context: CliContext,
  environments: readonly string[],
  files: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>()
  for (const name of environments) {
    const yama = createYama(await yamaConfig(context, await context.database(name), [], { mustExist: true, withoutFiles: true }))
    try {
      found.set(name, new Set((await yama.status()).applied.map(({ id }) => id)))
    } finally {
      await yama[Symbol.asyncDispose]()
    }
  }
  for (const file of files) {
    const { environment, migrations } = await stateFile(context, file)
    found.set(environment, new Set(migrations.filter(({ status }) => status === 'applied').map(({ id }) => id)))
  }
  return found
}
