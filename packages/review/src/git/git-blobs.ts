import { spawn } from 'node:child_process'
import { reviewErrors } from '../errors/errors.ts'

/** The contents of objects by their hashes, from one `git cat-file --batch`: a process for each would take longer than everything else. */
export async function gitBlobs(directory: string, hashes: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = [...new Set(hashes)]
  if (wanted.length === 0) return new Map()
  const output = await batch(directory, wanted)
  const blobs = new Map<string, Uint8Array>()
  let at = 0
  for (const hash of wanted) {
    const end = output.indexOf(0x0a, at)
    const size = /^\S+ blob (\d+)$/.exec(output.subarray(at, Math.max(at, end)).toString('latin1'))?.[1]
    if (size === undefined) throw failed(hash, 'the object is not in this clone')
    const start = end + 1
    blobs.set(hash, output.subarray(start, start + Number(size)))
    at = start + Number(size) + 1
  }
  return blobs
}

function batch(directory: string, hashes: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', ['cat-file', '--batch'], { cwd: directory, stdio: ['pipe', 'pipe', 'ignore'] })
    const parts: Buffer[] = []
    git.stdout.on('data', (part: Buffer) => parts.push(part))
    git.on('error', (error) => reject(failed(hashes[0] ?? '', 'git is not installed, or this is no repository', error)))
    git.on('close', () => resolve(Buffer.concat(parts)))
    // Git may end before it has read everything; what it printed tells.
    git.stdin.on('error', () => undefined)
    git.stdin.end(`${hashes.join('\n')}\n`)
  })
}

const failed = (reference: string, reason: string, cause?: unknown): Error =>
  reviewErrors.YAMA_CHECK_GIT({ reference, branch: reference, reason }, { cause })
