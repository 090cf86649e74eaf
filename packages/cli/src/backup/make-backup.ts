import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { libpqUrl } from './libpq-url.ts'
import { mysqlWords } from './mysql-words.ts'
import { cliErrors } from '../errors/errors.ts'
import type { BackupWork, MakeBackup } from './backup-options.ts'
import { runTool } from './run-tool.ts'

const pgDump: MakeBackup = async ({ connection, database, path, signal }) => {
  const { url, password } = libpqUrl(database.url)
  const words = ['--format=plain', '--no-password', `--dbname=${url}`]
  // Where Debian keeps several versions: what a newer one writes, an older server does not always read.
  const tools = [`/usr/lib/postgresql/${connection.server.major}/bin/pg_dump`, 'pg_dump']
  return await runTool(tools, words, { variables: password === undefined ? {} : { PGPASSWORD: password }, output: path, signal })
}

const dump =
  (tools: readonly string[]): MakeBackup =>
  async ({ database, path, signal }) => {
    const reach = mysqlWords(database.url)
    const { password } = reach
    const words = [...reach.words, '--single-transaction', '--routines', '--triggers', '--events', '--hex-blob', reach.database]
    return await runTool(tools, words, { variables: password === undefined ? {} : { MYSQL_PWD: password }, output: path, signal })
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
