import type { Connection, Dialect } from '@yama/core'
import { afterAll, beforeAll } from 'vitest'
import { administer, dialectOf, withPath } from './runtime-database.ts'

interface Opened {
  readonly dialect: Dialect
  readonly connection: Connection
}

/** A session in a new database for the tests of one block, made ready with these statements; both go with the block. */
export function sessionIn(url: string, name: string, ...statements: readonly string[]): Opened {
  let opened: Opened | undefined
  const get = (): Opened => {
    if (opened === undefined) throw new Error('The session is there while tests run')
    return opened
  }
  beforeAll(async () => {
    await administer(url, `DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`)
    const dialect = dialectOf(withPath(url, name))
    opened = { dialect, connection: await dialect.connect() }
    for (const sql of statements) await opened.connection.execute(sql)
  })
  afterAll(async () => {
    await opened?.connection[Symbol.asyncDispose]()
    await administer(url, `DROP DATABASE IF EXISTS ${name}`)
  })
  return {
    get dialect() {
      return get().dialect
    },
    get connection() {
      return get().connection
    },
  }
}
