import { execFileSync } from 'node:child_process'
import { workplace, type Workplace } from '../history/command.ts'

export interface Repository extends Disposable {
  readonly made: Workplace
  readonly git: (...words: readonly string[]) => string
}

/** A project that is a repository with one commit on `main`, and a branch `feature` checked out. */
export function repository(files: Readonly<Record<string, string>>, url?: string): Repository {
  const made = workplace({ '.gitignore': '.yama/\n*.db\n', ...files }, url)
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...words], {
      cwd: made.directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-qm', 'start')
  git('checkout', '-qb', 'feature')
  return { made, git, [Symbol.dispose]: () => made[Symbol.dispose]() }
}

/** A SQL migration with its header. */
export const migration = (id: string, parents: string, up: string, down?: string, header = ''): string =>
  `-- id: ${id}\n-- parents: ${parents}\n${header}\n-- +migrate Up\n${up}\n${down === undefined ? '' : `\n-- +migrate Down\n${down}\n`}`

/** A configuration whose one environment allows scratch databases on its server. */
export const config = (url: string, more = ''): string =>
  `export default { environments: { dev: { url: ${JSON.stringify(url)}, scratch: { allow: true } } }, ${more} }\n`
