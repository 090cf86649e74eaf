import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { dialectSuite, pgbouncerUrl, plainSql, postgresTargets, type SuiteLanguage } from '@yama/testkit'
import { postgres } from '@yama/postgres'
import { administer, sharedPglite, withPath } from './runtime-database.ts'

const alone = (name: string, table: string): string => `CREATE INDEX CONCURRENTLY ${name} ON ${table} (id)`
const slow = 'CREATE TABLE suite_a AS SELECT pg_sleep(5)::text AS slept'

/** The suite on a server, each time in a database of its own. */
function onServer(name: string, url: string, language: SuiteLanguage): void {
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
    language,
  })
}

for (const { driver, name, url } of await postgresTargets()) {
  if (driver === 'pglite')
    dialectSuite(name, sharedPglite.open, { close: sharedPglite.close, concurrent: false, language: { ...plainSql, alone } })
  else onServer(name, url, { ...plainSql, alone, slow })
}

// What runs alone is refused through a pooler; pooler.test.ts has that.
const pooled = pgbouncerUrl()
if (pooled !== undefined) onServer('PostgreSQL through PgBouncer', pooled, { ...plainSql, slow })
