import { setTimeout as sleep } from 'node:timers/promises'
import { YamaError } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'
import { duration } from './option-values.ts'

/** What passes by itself, and how it is called. Everything else, such as a wrong password, is told at once. */
const PASSING: readonly (readonly [code: RegExp, what: string])[] = [
  [/_REFUSED$/, 'nothing listens yet'],
  [/_STARTING$/, 'the server is starting'],
  [/_HOST_UNKNOWN$/, 'the host has no address yet'],
  [/_TIMEOUT$/, 'the server does not answer yet'],
  [/_DATABASE_MISSING$/, 'the database is not created yet'],
  [/_LIMIT$/, 'the server takes no more connections now'],
  [/_(?:IN_USE|BUSY)$/, 'another process uses the file'],
  [/CONNECT_(?:MYSQL_)?FAILED$/, 'the server does not answer as it should yet'],
]

export const WAIT_DB = { flags: '--wait-db <duration>', description: 'how long to wait until the database answers: 30s, 5m' } as const

/**
 * With `--wait-db`: polls until the database answers, for containers that start before it. Rejects at once with what waiting
 * does not change, and after the time with YAMA_WAIT_DB.
 */
export async function waitForDatabase(context: CliContext, options: Readonly<Record<string, unknown>>): Promise<void> {
  const waitMs = duration(options['waitDb'], '--wait-db')
  if (waitMs === undefined) return
  const { dialect } = await context.database()
  const start = performance.now()
  let told = ''
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 2000)) {
    try {
      const connection = await dialect.connect(context.signal)
      await connection[Symbol.asyncDispose]()
      return
    } catch (error) {
      const what = YamaError.is(error) ? PASSING.find(([code]) => code.test(error.code))?.[1] : undefined
      if (what === undefined || !YamaError.is(error)) throw error
      const waited = performance.now() - start
      if (waited + pause > waitMs)
        throw cliErrors.YAMA_WAIT_DB({ seconds: Math.round(waitMs / 100) / 10, what, reason: error.message }, { cause: error })
      if (what !== told) context.note(`waiting for the database: ${what} …`)
      told = what
      await sleep(pause, undefined, { signal: context.signal })
    }
  }
}
