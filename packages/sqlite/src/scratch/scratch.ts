import type { Connection } from '@yama/core'
import { withinScratch, type Scratch, type ScratchOptions } from '@yama/schema'
import { lexerRules, splitStatements } from '@yama/sql'
import { createConnection } from '../dialect/connection.ts'
import { openDatabase } from '../dialect/open-database.ts'
import { extract } from '../extract/extract.ts'
import { withinDatabase } from './within-database.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const

/** An empty database in memory: the cheapest there is, and the same engine that runs migrations. */
export async function scratch(options: ScratchOptions): Promise<Scratch> {
  options.signal?.throwIfAborted()
  const { database, version } = await openDatabase({ file: ':memory:', readOnly: false, foreignKeys: true, busyTimeoutMs: 0 })
  const own: Connection = createConnection(database, { readOnly: false, busyTimeoutMs: 0, version })
  try {
    for (const setup of options.setup) {
      for (const { text } of splitStatements(setup, lexerRules.sqlite)) await own.execute(text)
    }
    const hidden = options.setup.length === 0 ? undefined : await extract(own, EVERYTHING)
    return {
      connection: options.outside === true ? own : withinScratch(own, withinDatabase),
      description: `${own.server.product}, in memory`,
      advisory: false,
      hidden,
      another: async () => await scratch(options),
      [Symbol.asyncDispose]: async () => {
        await own[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await own[Symbol.asyncDispose]()
    throw error
  }
}
