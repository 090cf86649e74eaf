import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** `Name <mail>` as git knows the author; undefined where git or the setting is missing. */
export async function gitAuthor(root: string): Promise<string | undefined> {
  const read = async (key: string): Promise<string> => {
    try {
      return (await run('git', ['config', '--get', key], { cwd: root, timeout: 5000 })).stdout.trim()
    } catch {
      // No git, or no such setting: the header is then without an author.
      return ''
    }
  }
  const [name, mail] = await Promise.all([read('user.name'), read('user.email')])
  return name === '' ? undefined : mail === '' ? name : `${name} <${mail}>`
}
