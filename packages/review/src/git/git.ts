import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { reviewErrors } from '../errors/errors.ts'
import { gitBlobs } from './git-blobs.ts'

const run = promisify(execFile)

/** The `git` command in one repository. Rejects with YAMA_CHECK_GIT where it fails. */
export interface Git {
  (reference: string, ...words: readonly string[]): Promise<string>
  /** The contents with these hashes, byte by byte, from one process. */
  blobs(hashes: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>>
}

/** Git in the directory of the project. Nothing is written, no remote is contacted. */
export function gitIn(directory: string): Git {
  const git = async (reference: string, ...words: readonly string[]): Promise<string> => {
    try {
      return (await run('git', [...words], { cwd: directory, maxBuffer: 256 * 1024 * 1024 })).stdout
    } catch (error) {
      const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : ''
      const reason = stderr === undefined || stderr === '' ? 'git is not installed, or this is no repository' : stderr
      throw reviewErrors.YAMA_CHECK_GIT({ reference, branch: reference.replace(/^origin\//, ''), reason }, { cause: error })
    }
  }
  return Object.assign(git, { blobs: (hashes: Iterable<string>) => gitBlobs(directory, hashes) })
}

/** The commit at which two references parted; rejects with YAMA_CHECK_SHALLOW where the clone is cut off before. */
export async function mergeBase(git: Git, reference: string): Promise<string> {
  await git(reference, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`)
  try {
    return (await git(reference, 'merge-base', 'HEAD', reference)).trim()
  } catch (error) {
    if ((await git(reference, 'rev-parse', '--is-shallow-repository')).trim() !== 'true') throw error
    throw reviewErrors.YAMA_CHECK_SHALLOW({ reference }, { cause: error })
  }
}

/** Branches that match a pattern such as `origin/feature-*`, in order. */
export async function branchesLike(git: Git, pattern: string): Promise<readonly string[]> {
  const listed = await git(pattern, 'for-each-ref', '--format=%(refname:short)', `refs/heads/${pattern}`, `refs/remotes/${pattern}`)
  return [...new Set(listed.split('\n').filter((name) => name !== ''))].sort()
}
