import { createYama } from '@yama/core'
import { environmentNames } from '../config/resolve-environment.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { yamaConfig } from '../program/open-yama.ts'
import { columns } from './columns.ts'
import { asYamaError } from './error-diagnostics.ts'
import { statusData } from './status-data.ts'

/** One line for each environment. One that does not answer is a line too, and makes the exit code 7. */
export async function statusAll(context: CliContext): Promise<CommandOutcome> {
  const project = await context.project()
  const { color } = context
  const found = await Promise.all(
    environmentNames(project.config).map(async (name) => {
      try {
        const yama = createYama(await yamaConfig(context, await context.database(name), [], { mustExist: true }))
        try {
          const status = await yama.status()
          const row = [
            color.bold(name),
            `${status.applied.length} applied`,
            `${status.pending.length} pending`,
            status.heads.map((id) => status.applied.find((row) => row.id === id)?.name ?? id).join(', ') || 'nothing applied',
          ]
          return { name, row, data: statusData(status), failed: false }
        } finally {
          await yama[Symbol.asyncDispose]()
        }
      } catch (error) {
        const known = asYamaError(error)
        return {
          name,
          row: [color.bold(name), color.red(known.code), '', known.message],
          data: { error: known.code, message: known.message },
          failed: true,
        }
      }
    }),
  )
  return {
    data: Object.fromEntries(found.map(({ name, data }) => [name, data])),
    text: columns(found.map(({ row }) => row)),
    exitCode: found.some(({ failed }) => failed) ? 7 : 0,
    reason: found.some(({ failed }) => failed) ? 'an environment does not answer' : 'ok',
  }
}
