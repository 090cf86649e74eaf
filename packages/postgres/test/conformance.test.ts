import type { Dialect } from '@yama/core'
import { dialectSuite, plainSql, postgresTargets } from '@yama/testkit'
import { postgres } from '@yama/postgres'
import { randomBytes } from 'node:crypto'
import { administer, sharedPglite, withPath } from './runtime-database.ts'

const language = {
  ...plainSql,
  alone: (name: string, table: string) => `CREATE INDEX CONCURRENTLY ${name} ON ${table} (id)`,
}
const slow = 'CREATE TABLE suite_a AS SELECT pg_sleep(5)::text AS slept'

for (const { driver, name, url } of await postgresTargets()) {
  if (driver === 'pglite') dialectSuite(name, sharedPglite.open, { close: sharedPglite.close, concurrent: false, language })
  else {
    const databases = new Map<Dialect, string>()
    const open = async (): Promise<Dialect> => {
      const database = `yama_conf_${randomBytes(4).toString('hex')}`
      await administer(url, `CREATE DATABASE ${database}`)
      const dialect = postgres({ url: withPath(url, database) })
      databases.set(dialect, database)
      return dialect
    }
    dialectSuite(name, open, {
      close: (dialect) => administer(url, `DROP DATABASE ${databases.get(dialect) ?? ''} WITH (FORCE)`),
      language: { ...language, slow },
    })
  }
}
