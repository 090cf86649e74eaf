import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { YamaError } from '@yama/core'
import { decodeFacts, encodeFacts, type FactBase } from '@yama/schema'

const pack = promisify(deflate)
const unpack = promisify(inflate)

const missing = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'

/** Reads facts cached under a content hash; undefined where there are none. A damaged file counts as none and is replaced. */
export async function readCachedFacts(directory: string | undefined, key: string): Promise<FactBase | undefined> {
  if (directory === undefined) return undefined
  try {
    return decodeFacts(String(await unpack(await readFile(join(directory, `${key}.facts`)))))
  } catch (error) {
    if (missing(error) || error instanceof SyntaxError || YamaError.is(error)) return undefined
    if (typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_')) return undefined
    throw error
  }
}

/** Stores facts under a content hash; written beside and renamed, so that a crash leaves no half file. */
export async function writeCachedFacts(directory: string | undefined, key: string, facts: FactBase): Promise<void> {
  if (directory === undefined) return
  const path = join(directory, `${key}.facts`)
  await mkdir(dirname(path), { recursive: true })
  const aside = `${path}.${randomUUID()}`
  await writeFile(aside, await pack(encodeFacts(facts), { level: 1 }))
  await rename(aside, path)
}
