import { fileURLToPath } from 'node:url'
import { postgresErrors } from '../../errors/errors.ts'
import type { PgliteOptions } from '../dialect-options.ts'

/** The directory that options or URL name; undefined means in memory. */
export function pgliteDirectory({ dataDir, url }: PgliteOptions): string | undefined {
  if (url === undefined) return dataDir === undefined || dataDir === 'memory' || dataDir === 'memory://' ? undefined : dataDir
  const path = /^pglite:(?:\/\/)?(.*)$/s.exec(url)?.[1]
  if (path === undefined || path === '')
    throw postgresErrors.YAMA_CONNECT_POSTGRES_URL({ url, reason: 'it is not pglite:DIRECTORY or pglite:memory' })
  if (path === 'memory' || path === ':memory:') return undefined
  return path.startsWith('file:') ? fileURLToPath(path) : path
}
