import { createYama, type Plugin, type Yama } from '@yama/core'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CliContext } from './cli-context.ts'
import { duration, texts } from './option-values.ts'
import type { OpenOptions } from './open-options.ts'
import { yamaConfig } from './open-yama.ts'

/** Opens the database with what the command line says about waiting and late files. */
export async function openWithOptions(
  context: CliContext,
  options: Readonly<Record<string, unknown>>,
  extra: readonly Plugin[],
  open: OpenOptions = { mustExist: true },
): Promise<Yama> {
  const database = await context.database()
  const wait = duration(options['waitDb'], '--wait-db')
  if (wait !== undefined) await waitForDatabase(context, wait)
  const config = await yamaConfig(context, database, extra, open)
  const late = texts(options['allowLate'])
  const yama = createYama({ ...config, ...(late.length === 0 ? {} : { late }) })
  context.defer(() => Promise.resolve(yama[Symbol.asyncDispose]()))
  return yama
}

/** Polls until the database answers, for containers that start before it. Rejects with the last connection error. */
async function waitForDatabase(context: CliContext, waitMs: number): Promise<void> {
  const { dialect } = await context.database()
  const end = performance.now() + waitMs
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 2000)) {
    try {
      const connection = await dialect.connect(context.signal)
      await connection[Symbol.asyncDispose]()
      return
    } catch (error) {
      if (performance.now() + pause > end) throw error
      context.note('waiting for the database …')
      await sleep(pause, undefined, { signal: context.signal })
    }
  }
}
