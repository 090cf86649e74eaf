import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, isClosedDisk, sha256Hex, type Migration } from '@yama/core'
import type { CliContext } from './cli-context.ts'
import { cacheDirectory } from './load-project.ts'
import { toolVersion } from './tool-version.ts'

/** Merges that were replayed and found right, by everything that decides it. Deleting the cache changes nothing but the time. */
export interface SoundMerges {
  key(migrations: readonly Migration[], entities: string): string
  has(key: string): boolean
  add(key: string): Promise<void>
}

export async function soundMerges(context: CliContext): Promise<SoundMerges> {
  const { root, config } = await context.project()
  const { dialect, scope, scratch } = await context.authoring()
  const directory = join(cacheDirectory(root), 'sound-merges')
  const { setup, devUrl = '', allowUrl = '' } = scratch
  const { naming = {}, skip = [] } = config
  const settings = { version: toolVersion(), kind: dialect.kind, scope: { ...scope }, setup, devUrl, allowUrl, naming, skip }
  return {
    key: (migrations, entities) => {
      const read = migrations.map(({ id, semanticHash, parents, elsewhere = false }) => ({ id, semanticHash, parents, elsewhere }))
      return sha256Hex(canonicalJson({ settings, migrations: read, entities })).slice(0, 32)
    },
    has: (key) => existsSync(join(directory, key)),
    add: async (key) => {
      try {
        await mkdir(directory, { recursive: true })
        await writeFile(join(directory, key), '')
      } catch (error) {
        if (!isClosedDisk(error)) throw error
      }
    },
  }
}
