import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { dialectSuite, plainSql } from '@yama/testkit'
import { it } from 'vitest'
import { administer, dialectOf, servers, withPath } from './runtime-database.ts'

const language = {
  ...plainSql,
  alone: (name: string, table: string) => `CREATE INDEX ${name} ON ${table} (id)`,
  slow: 'CREATE TABLE suite_a AS SELECT a AS n FROM (SELECT 1 AS a UNION SELECT 2) t WHERE SLEEP(2) = 0',
}

for (const { name, url } of servers) {
  const databases = new Map<Dialect, string>()
  const open = async (): Promise<Dialect> => {
    const database = `yama_conf_${randomBytes(4).toString('hex')}`
    await administer(url, `CREATE DATABASE ${database}`)
    const dialect = dialectOf(withPath(url, database))
    databases.set(dialect, database)
    return dialect
  }
  dialectSuite(name, open, { close: (dialect) => administer(url, `DROP DATABASE ${databases.get(dialect) ?? ''}`), language })
}

it.skipIf(servers.length > 0)('MySQL or MariaDB: no server answers', () => undefined)
