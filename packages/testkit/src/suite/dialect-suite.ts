import { afterEach, describe } from 'vitest'
import type { Connection, Dialect } from '@yama/core'
import { noopPlugin } from '../build/noop-plugin.ts'
import { aloneCases } from './alone-cases.ts'
import { checkpointCases } from './checkpoint-cases.ts'
import { connectionCases } from './connection-cases.ts'
import { historyCases } from './history-cases.ts'
import { lockCases } from './lock-cases.ts'
import { failureCases } from './failure-cases.ts'
import { manyCases } from './many-cases.ts'
import { repeatCases } from './repeat-cases.ts'
import { runCases } from './run-cases.ts'
import { PROJECT, type Opened, type SuiteContext } from './suite-context.ts'
import { plainSql, type SuiteLanguage } from './suite-language.ts'

export interface DialectSuiteOptions {
  /** Removes what `open` made; runs after each test, when every connection is closed. */
  readonly close?: (dialect: Dialect) => Promise<void> | void
  /** False where the database takes one session only, so that nothing can run beside it. Default true. */
  readonly concurrent?: boolean
  /** Default: plain SQL. */
  readonly language?: SuiteLanguage
}

/**
 * The conformance suite of the runtime contract, for vitest: every dialect must pass it with every driver. `open` gives
 * a dialect on a new and empty database each time; connections of one dialect meet in the same database.
 *
 * @example
 * dialectSuite('SQLite', () => sqlite({ file: join(mkdtempSync(join(tmpdir(), 'yama-')), 'test.db') }))
 */
export function dialectSuite(name: string, open: () => Dialect | Promise<Dialect>, options: DialectSuiteOptions = {}): void {
  const { close, concurrent = true, language = plainSql } = options
  const closing: (() => Promise<void>)[] = []

  const openDatabase = async (): Promise<Opened> => {
    const dialect = await open()
    if (close !== undefined) closing.push(async () => close(dialect))
    const connect = async (): Promise<Connection> => {
      const connection = await dialect.connect()
      closing.push(async () => connection[Symbol.asyncDispose]())
      return connection
    }
    return {
      dialect,
      connect,
      prepared: async () => {
        const connection = await connect()
        const history = dialect.createHistory(connection, { project: PROJECT })
        await history.ensure()
        const lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 0 })
        closing.push(async () => lock[Symbol.asyncDispose]())
        return { connection, history, lock }
      },
    }
  }

  const context = (plugins: SuiteContext['plugins']): SuiteContext => ({ language, concurrent, plugins, open: openDatabase })

  describe(`dialect ${name}`, () => {
    afterEach(async () => {
      for (const step of closing.splice(0).reverse()) await step()
    })
    describe('connection', () => connectionCases(context([])))
    describe('history', () => historyCases(context([])))
    describe('lock', () => lockCases(context([])))
    describe('failures', () => failureCases(context([])))
    describe('runs', () => runCases(context([])))
    describe('code, and statements that run alone', () => aloneCases(context([])))
    describe('repeatable migrations', () => repeatCases(context([])))
    describe('checkpoints', () => checkpointCases(context([])))
    describe('many migrations', () => manyCases(context([])))
    describe('with a plugin on every hook that does nothing', () => {
      runCases(context([noopPlugin()]))
      aloneCases(context([noopPlugin()]))
    })
  })
}
