import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '@yama/core/files'
import { readCached, writeCached } from '../cache/cache-file.ts'
import { cacheKey } from '../cache/cache-key.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'

/**
 * Names, sizes and times of the entity files; undefined where they cannot be read. Only a guess whether work lies ahead is made of it, never a result.
 */
export async function entityStamp({ root, entitiesDirectory }: AuthoringProject): Promise<string | undefined> {
  try {
    const paths = await filesBelow(join(root, entitiesDirectory))
    const lines = paths.toSorted().map((path) => {
      const { size, mtimeMs } = statSync(path)
      return `${path} ${size} ${mtimeMs}`
    })
    return createHash('sha256').update(lines.join('\n')).digest('hex')
  } catch {
    // Loading the entities says what is wrong with the directory.
    return undefined
  }
}

const fileOf = (project: AuthoringProject): string => `${cacheKey('entities-seen', project, [])}.txt`

/** True where the files are those of the last command, so that what they mean is known. */
export async function isSeen(project: AuthoringProject, stamp: string | undefined): Promise<boolean> {
  return stamp !== undefined && (await readCached(project.cacheDirectory, fileOf(project), (text) => text)) === stamp
}

/** Remembers the files whose meaning is in the cache now. */
export async function markSeen(project: AuthoringProject, stamp: string | undefined): Promise<void> {
  if (stamp !== undefined) await writeCached(project.cacheDirectory, [fileOf(project)], stamp)
}
