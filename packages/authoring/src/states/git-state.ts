import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { authoringErrors } from '../errors/errors.ts'

const run = promisify(execFile)

/** The entity directory of a git revision, written to a temporary directory while `work` runs. Rejects with YAMA_GIT_FAILED. */
export async function withGitDirectory<T>(
  root: string,
  reference: string,
  directory: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const git = async (words: readonly string[]): Promise<string> => {
    try {
      return (await run('git', [...words], { cwd: root, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } })).stdout
    } catch (error) {
      throw authoringErrors.YAMA_GIT_FAILED({ reference, reason: reasonOf(error) }, { cause: error })
    }
  }
  const listing = await git(['ls-tree', '-r', '-z', '--name-only', '--end-of-options', `${reference}^{commit}`, '--', directory])
  const files = listing.split('\0').filter((file) => file !== '')
  const target = await mkdtemp(join(tmpdir(), 'yama-git-'))
  try {
    for (const file of files) {
      const path = join(target, file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, await git(['show', `${reference}:./${file}`]))
    }
    return await work(join(target, directory))
  } finally {
    await rm(target, { recursive: true, force: true })
  }
}

function reasonOf(error: unknown): string {
  const [said = ''] = (error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)).trim().split('\n')
  // Git goes on to say where it stopped to look, which differs from one file system to the next.
  if (said.includes('not a git repository')) return 'this directory is in no git repository'
  return said === '' ? 'git is not installed' : said
}
