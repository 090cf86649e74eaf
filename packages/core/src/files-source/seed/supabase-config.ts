import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What Yama reads of `supabase/config.toml`. */
export interface SupabaseConfig {
  /** Major version of PostgreSQL in `[db]`. */
  readonly majorVersion?: number
  /** `[db.seed]`; false where seeding is turned off. */
  readonly seedEnabled: boolean
  /** As written, relative to the file; may hold `*`. */
  readonly seedPaths: readonly string[]
}

/**
 * Reads `config.toml` in the directory; undefined where there is none. Only the few keys that matter here: no TOML parser.
 *
 * @example supabaseConfig('supabase')?.majorVersion // 15
 */
export function supabaseConfig(directory: string): SupabaseConfig | undefined {
  let text: string
  try {
    text = readFileSync(join(directory, 'config.toml'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
  const db = section(text, 'db')
  const seed = section(text, 'db.seed')
  const major = /^\s*major_version\s*=\s*(\d+)/m.exec(db)?.[1]
  const paths = /^\s*sql_paths\s*=\s*\[([^\]]*)\]/m.exec(seed)?.[1]
  return {
    ...(major === undefined ? {} : { majorVersion: Number(major) }),
    seedEnabled: !/^\s*enabled\s*=\s*false\b/m.test(seed),
    seedPaths:
      paths === undefined ? ['./seed.sql'] : Array.from(paths.matchAll(/"([^"]*)"|'([^']*)'/g), (found) => found[1] ?? found[2] ?? ''),
  }
}

/** The lines of one table, without comment lines. */
const section = (text: string, name: string): string => {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*#/.test(line))
  const start = lines.findIndex((line) => line.trim() === `[${name}]`)
  if (start < 0) return ''
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^\s*\[/.test(line))
  return rest.slice(0, end < 0 ? rest.length : end).join('\n')
}
