import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { cliErrors } from '../errors/errors.ts'
import type { BackupWork, MakeBackup } from './backup-options.ts'
import { runTool } from './run-tool.ts'

const password = (url: URL): string | undefined => (url.password === '' ? undefined : decodeURIComponent(url.password))
const user = (url: URL): readonly string[] => (url.username === '' ? [] : [`--user=${decodeURIComponent(url.username)}`])
const databaseOf = (url: URL): string => decodeURIComponent(url.pathname.slice(1))

const pgDump: MakeBackup = async ({ connection, database, path, signal }) => {
  const url = new URL(database.url)
  const secret = password(url)
  // Beside the command line, where everybody on the machine could read it.
  url.password = ''
  const words = ['--format=plain', '--no-password', `--dbname=${url.href}`]
  // Where Debian keeps several versions: what a newer one writes, an older server does not always read.
  const tools = [`/usr/lib/postgresql/${connection.server.major}/bin/pg_dump`, 'pg_dump']
  return await runTool(tools, words, { variables: secret === undefined ? {} : { PGPASSWORD: secret }, output: path, signal })
}

const dump =
  (tools: readonly string[]): MakeBackup =>
  async ({ database, path, signal }) => {
    const url = new URL(database.url)
    const secret = password(url)
    const words = [
      `--host=${url.hostname}`,
      `--port=${url.port === '' ? '3306' : url.port}`,
      '--protocol=TCP',
      ...user(url),
      '--single-transaction',
      '--routines',
      '--triggers',
      '--events',
      '--hex-blob',
      databaseOf(url),
    ]
    return await runTool(tools, words, { variables: secret === undefined ? {} : { MYSQL_PWD: secret }, output: path, signal })
  }

/** SQLite writes a consistent copy itself, while others read and write. */
const vacuumInto: MakeBackup = async ({ connection, path }) => {
  await connection.execute('VACUUM INTO ?', [path])
  return 'VACUUM INTO'
}

/** Nobody else has the directory open, and the run that has it waits: what is on disk after a checkpoint is a whole database. */
const copyDirectory: MakeBackup = async ({ connection, database, path }) => {
  await connection.execute('CHECKPOINT')
  const directory = database.url.slice('pglite:'.length)
  await cp(directory.startsWith('file:') ? fileURLToPath(directory) : directory, path, { recursive: true })
  return 'a copy of the directory'
}

const ownCommand = async ({ config, path, signal }: BackupWork): Promise<string> => {
  await runTool(['/bin/sh'], ['-c', config.command ?? ''], { variables: { YAMA_BACKUP_FILE: path }, signal })
  return 'the command of the configuration'
}

const byDriver = {
  pg: pgDump,
  mysql2: dump(['mariadb-dump', 'mysqldump']),
  'better-sqlite3': vacuumInto,
  pglite: copyDirectory,
} satisfies Record<BackupWork['database']['driver'], MakeBackup>

/** Makes a backup with the database's own tool, or the command of the configuration. Rejects with the reason. */
export const makeBackup: MakeBackup = async (work) => {
  if (work.config.command !== undefined) return await ownCommand(work)
  if (/:memory:$|:memory$/.test(work.database.url)) throw cliErrors.YAMA_BACKUP_FAILED({ reason: 'the database is in memory' })
  if (work.database.kind === 'mysql') return await dump(['mysqldump', 'mariadb-dump'])(work)
  return await byDriver[work.database.driver](work)
}
