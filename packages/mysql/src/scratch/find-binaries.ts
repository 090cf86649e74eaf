import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** A server's own programs on this machine. */
export interface ServerBinaries {
  readonly kind: 'mysql' | 'mariadb'
  readonly server: string
  /** What makes an empty data directory; MySQL's server does that itself. */
  readonly install: string
}

/** Where packages put servers that are not in everybody's PATH. */
const DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/local/mysql/bin', '/opt/homebrew/bin', '/usr/local/bin']

/** Local servers of the wanted kind: another kind would print the schema in other words. */
export function findBinaries(kind: 'mysql' | 'mariadb'): readonly ServerBinaries[] {
  if (process.platform === 'win32') return []
  const directories = [...new Set([...(process.env['PATH'] ?? '').split(delimiter), ...DIRECTORIES])].filter((one) => one !== '')
  const found = directories.map((directory) => join(directory, kind === 'mariadb' ? 'mariadbd' : 'mysqld')).find(isProgram)
  if (found === undefined || !isKind(found, kind)) return []
  if (kind === 'mysql') return [{ kind, server: found, install: found }]
  const install = [dirname(found), ...directories].map((directory) => join(directory, 'mariadb-install-db')).find(isProgram)
  return install === undefined ? [] : [{ kind, server: found, install }]
}

function isProgram(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // There, but not for this user.
    return false
  }
}

/** MariaDB installs a `mysqld` too. */
function isKind(server: string, kind: 'mysql' | 'mariadb'): boolean {
  try {
    const text = execFileSync(server, ['--no-defaults', '--version'], {
      encoding: 'utf8',
      timeout: 5000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return /mariadb/i.test(text) === (kind === 'mariadb')
  } catch {
    // Of another platform, or without its libraries.
    return false
  }
}
