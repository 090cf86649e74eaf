import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** `Name <mail>` as git knows the author; undefined where git or the setting is missing. */
export async function gitAuthor(root: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['config', '--get-regexp', '^user\\.(name|email)$'], { cwd: root, timeout: 5000 })
    // The nearest setting comes last.
    const settings = new Map(stdout.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]))
    const [name = '', mail = ''] = [settings.get('user.name'), settings.get('user.email')]
    return name === '' ? undefined : mail === '' ? name : `${name} <${mail}>`
  } catch {
    // No git, or no such setting: the header is then without an author.
    return undefined
  }
}
