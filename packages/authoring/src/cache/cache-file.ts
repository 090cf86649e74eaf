import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { isClosedDisk, YamaError } from '@yama/core'
import type { FactBase } from '@yama/schema'
import { printFacts, readFacts } from './facts-text.ts'

const pack = promisify(deflate)
const unpack = promisify(inflate)

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')

/** Reads what is cached under a name and makes something of it; undefined where there is nothing. A damaged file counts as nothing. */
export const readCached = <T>(
  directory: string | undefined,
  name: string,
  parse: (text: string) => T | undefined,
): Promise<T | undefined> => readPacked(directory, name, async (packed) => parse(String(await unpack(packed))))

async function readPacked<T>(
  directory: string | undefined,
  name: string,
  read: (packed: Buffer) => Promise<T | undefined>,
): Promise<T | undefined> {
  if (directory === undefined) return undefined
  try {
    return await read(await readFile(join(directory, name)))
  } catch (error) {
    const code = codeOf(error)
    if (isClosedDisk(error) || code.startsWith('Z_') || error instanceof SyntaxError || YamaError.is(error)) return undefined
    throw error
  }
}

/**
 * Stores a text under each of the names; written beside and renamed, so that a crash leaves no half file. A place that cannot be written to
 * stores nothing.
 */
export async function writeCached(directory: string | undefined, names: readonly string[], text: string): Promise<void> {
  if (directory === undefined) return
  const packed = await pack(text, { level: 1 })
  try {
    await store(directory, names, packed)
  } catch (error) {
    if (!isClosedDisk(error)) throw error
  }
}

async function store(directory: string, names: readonly string[], packed: Buffer): Promise<void> {
  for (const name of new Set(names)) {
    const path = join(directory, name)
    await mkdir(dirname(path), { recursive: true })
    const aside = `${path}.${randomUUID()}`
    try {
      await writeFile(aside, packed)
      await rename(aside, path)
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
  }
}

/** Facts of the file that was read last: the history and the entities built last are often the same, byte for byte. */
let lastRead: { readonly packed: Buffer; readonly facts: FactBase } | undefined

/** Reads facts cached under a content hash; undefined where there are none. */
export const readCachedFacts = (directory: string | undefined, key: string): Promise<FactBase | undefined> =>
  readPacked(directory, `${key}.facts`, async (packed) => {
    if (lastRead?.packed.equals(packed) === true) return lastRead.facts
    const facts = readFacts(String(await unpack(packed)))
    if (facts !== undefined) lastRead = { packed, facts }
    return facts
  })

/** True where there is a file for facts cached under a content hash. */
export const isCached = (directory: string | undefined, key: string): boolean =>
  directory !== undefined && existsSync(join(directory, `${key}.facts`))

/** Stores facts under content hashes. */
export const writeCachedFacts = (directory: string | undefined, keys: readonly string[], facts: FactBase): Promise<void> =>
  writeCached(
    directory,
    keys.map((key) => `${key}.facts`),
    printFacts(facts),
  )
