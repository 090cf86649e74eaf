import { testkitErrors } from '../errors/errors.ts'
import type { DatabaseTarget } from './database-target.ts'
import { probePostgres } from './probe-postgres.ts'

const pglite: DatabaseTarget = Object.freeze({ name: 'PGlite', driver: 'pglite', major: undefined, url: 'pglite:memory' })

const server = (major: number, url: string): DatabaseTarget => Object.freeze({ name: `PostgreSQL ${major}`, driver: 'pg', major, url })

/** Reads `15=postgres://…,18=postgres://…`; a comma inside a URL must be percent-encoded. */
function fromVariable(text: string): readonly DatabaseTarget[] {
  return text
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry, position) => {
      const [, major, url] = /^(\d+)=(.+)$/.exec(entry.trim()) ?? []
      if (major === undefined || url === undefined) throw testkitErrors.YAMA_TESTKIT_TARGET({ number: position + 1 })
      return server(Number(major), url)
    })
}

/**
 * Every PostgreSQL that tests can run on here: the servers of YAMA_TEST_POSTGRES_URLS (`npm test` starts them),
 * else the one on 127.0.0.1:5432 when it lets `postgres` in without a password; and PGlite, always, last.
 *
 * @example
 * describe.each(await postgresTargets())('indexes on $name', ({ url }) => { … })
 */
export async function postgresTargets(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<readonly DatabaseTarget[]> {
  const variable = environment['YAMA_TEST_POSTGRES_URLS']
  if (variable !== undefined && variable !== '') return [...fromVariable(variable), pglite]
  const version = await probePostgres('127.0.0.1', 5432)
  if (version === undefined) return [pglite]
  return [server(Number.parseInt(version, 10), 'postgres://postgres@127.0.0.1:5432/postgres'), pglite]
}
