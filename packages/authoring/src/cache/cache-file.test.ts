import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCached, writeCached } from './cache-file.ts'

test('a cache with a file in its way stores nothing', async () => {
  const directory = `${fileURLToPath(import.meta.url)}/cache`
  await expect(writeCached(directory, ['x'], 'text')).resolves.toBeUndefined()
  await expect(readCached(directory, 'x', (text) => text)).resolves.toBeUndefined()
})
