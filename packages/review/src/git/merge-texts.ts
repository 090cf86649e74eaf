import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file that two branches changed, as git would merge it; undefined where a person has to. */
export async function mergeTexts(ours: Uint8Array, before: Uint8Array, theirs: Uint8Array): Promise<Uint8Array | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'yama-merge-'))
  try {
    const names = ['ours', 'before', 'theirs']
    for (const [index, content] of [ours, before, theirs].entries()) await writeFile(join(directory, names[index]!), content)
    return (await run('git', ['merge-file', '-p', ...names], { cwd: directory, encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 })).stdout
  } catch {
    // The exit code is the number of conflicts.
    return undefined
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
