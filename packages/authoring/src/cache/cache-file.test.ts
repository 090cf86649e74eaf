import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCached, writeCached } from './cache-file.ts'

test.each([
  ['a file stands in its way', `${fileURLToPath(import.meta.url)}/cache`],
  ['no directory can be made', '/proc/none/cache'],
])('a cache stores nothing where %s', async (_, directory) => {
  await expect(writeCached(directory, ['x'], 'text')).resolves.toBeUndefined()
  await expect(readCached(directory, 'x', (text) => text)).resolves.toBeUndefined()
})
