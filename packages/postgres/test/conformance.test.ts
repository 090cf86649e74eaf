import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { dialectSuite, plainSql, postgresTargets, type DatabaseTarget } from '@yama/testkit'
import { pglite, postgres } from '@yama/postgres'

const language = {
  ...plainSql,
  alone: (name: string, table: string) => `CREATE INDEX CONCURRENTLY ${name} ON ${table} (id)`,
}
const slow = 'CREATE TABLE suite_a AS SELECT pg_sleep(5)'

async function administer(url: string, sql: string): Promise<void> {
  const connection = await postgres({ url }).connect()
  await connection.execute(sql)
  await connection[Symbol.asyncDispose]()
}

/** Each dialect on a database of its own; `close` drops it. */
function onServer({ url }: DatabaseTarget): { readonly open: () => Promise<Dialect>; readonly close: (dialect: Dialect) => Promise<void> } {
  const databases = new Map<Dialect, string>()
  return {
    open: async () => {
      const name = `yama_conf_${randomBytes(4).toString('hex')}`
      await administer(url, `CREATE DATABASE ${name}`)
      const own = new URL(url)
      own.pathname = `/${name}`
      const dialect = postgres({ url: own.href })
      databases.set(dialect, name)
      return dialect
    },
    close: (dialect) => administer(url, `DROP DATABASE ${databases.get(dialect) ?? ''} WITH (FORCE)`),
  }
}

for (const target of await postgresTargets()) {
  if (target.driver === 'pglite') dialectSuite(target.name, () => pglite(), { concurrent: false, language })
  else {
    const { open, close } = onServer(target)
    dialectSuite(target.name, open, { close, language: { ...language, slow } })
  }
}
