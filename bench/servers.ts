import { startPostgres, stopPostgres } from '../scripts/servers/embedded-postgres.mjs'
import { startMysql, stopMysql } from '../scripts/servers/mysql-servers.mjs'

export interface BenchServer {
  readonly url: string
  /** Where it came from, for the page. */
  readonly told: string
  readonly stop: () => Promise<void>
}

const own = 'started for this, with its own defaults: each commit waits for the disk'
const given = (variable: string): BenchServer | undefined => {
  const url = process.env[variable]
  return url === undefined ? undefined : { url, told: `named by ${variable}`, stop: () => Promise.resolve() }
}

async function openPostgres(): Promise<BenchServer> {
  const named = given('YAMA_BENCH_POSTGRES_URL')
  if (named !== undefined) return named
  const { url, directory } = await startPostgres('15', { durable: true })
  return { url, told: own, stop: () => stopPostgres(directory) }
}

async function openMysql(kind: 'mariadb' | 'mysql'): Promise<BenchServer | undefined> {
  const named = given(`YAMA_BENCH_${kind.toUpperCase()}_URL`)
  if (named !== undefined) return named
  try {
    const { url, directory } = await startMysql(kind, { durable: true })
    return { url, told: own, stop: () => stopMysql(directory) }
  } catch (error) {
    console.warn(`${kind} is left out: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/**
 * Those of the tests do not wait for the disk, so that tests are quick; what people run in production does, and Yama waits less often
 * than one commit after the other. So the benches have servers of their own.
 */
const [ofPostgres, mariadb, mysql] = await Promise.all([openPostgres(), openMysql('mariadb'), openMysql('mysql')])

export const postgresServer: BenchServer = ofPostgres
export const servers: Readonly<Record<'mariadb' | 'mysql', BenchServer | undefined>> = { mariadb, mysql }

export async function stopServers(): Promise<void> {
  await Promise.all([postgresServer, mariadb, mysql].map((server) => server?.stop()))
}
