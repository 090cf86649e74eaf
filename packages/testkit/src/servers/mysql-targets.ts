import { testkitErrors } from '../errors/errors.ts'
import type { DatabaseTarget } from './database-target.ts'
import { probeMysql, type MysqlServer } from './probe-mysql.ts'

const NAMES = { mysql: 'MySQL', mariadb: 'MariaDB' } as const

function target({ kind, version }: MysqlServer, url: string): DatabaseTarget {
  const [major = '', minor = ''] = version.split('.')
  const name = `${NAMES[kind]} ${kind === 'mariadb' ? `${major}.${minor}` : major}`
  return Object.freeze({ name, driver: 'mysql2', major: Number(major), url: url.replace(/^\w+:/, `${kind}:`) })
}

/**
 * Every MySQL and MariaDB that tests can run on here: the servers of YAMA_TEST_MARIADB_URL and YAMA_TEST_MYSQL_URL
 * (`scripts/servers.mjs` starts them), else the one on 127.0.0.1:3306 when it lets `root` in without a password. Their URLs
 * name no database, and their scheme is `mysql:` or `mariadb:` by what answered. A server which a variable names and which
 * does not answer is an error, YAMA_TESTKIT_SERVER.
 *
 * @example
 * describe.skipIf(targets.length === 0).each(targets)('indexes on $name', ({ url }) => { … })
 */
export async function mysqlTargets(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<readonly DatabaseTarget[]> {
  const given = ['YAMA_TEST_MARIADB_URL', 'YAMA_TEST_MYSQL_URL'].flatMap((variable) => {
    const url = environment[variable]
    return url === undefined || url === '' ? [] : [{ variable, url }]
  })
  if (given.length > 0) return await Promise.all(given.map(named))
  const server = await probeMysql('127.0.0.1', 3306)
  return server?.open === true ? [target(server, 'mysql://root@127.0.0.1:3306')] : []
}

async function named({ variable, url }: { readonly variable: string; readonly url: string }): Promise<DatabaseTarget> {
  const { hostname, port, username } = new URL(url)
  const server = await probeMysql(hostname, Number(port === '' ? 3306 : port), username)
  if (server === undefined) throw testkitErrors.YAMA_TESTKIT_SERVER({ variable, host: hostname, port: port === '' ? '3306' : port })
  return target(server, url)
}
