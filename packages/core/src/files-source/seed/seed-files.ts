import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { supabaseConfig } from './supabase-config.ts'

/**
 * The seed files of a migrations directory, as absolute paths in the order in which they run: what `supabase/config.toml`
 * names; otherwise `seed.sql` or `seeds.sql` in the directory, else beside it. Empty where there is none.
 *
 * @example await seedFiles('supabase/migrations') // ['/project/supabase/seed.sql']
 */
export async function seedFiles(migrationsDirectory: string): Promise<readonly string[]> {
  const directory = resolve(migrationsDirectory)
  const above = dirname(directory)
  const supabase = supabaseConfig(above)
  if (supabase !== undefined) return supabase.seedEnabled ? supabase.seedPaths.flatMap((path) => matching(resolve(above, path))) : []
  for (const place of [directory, above]) {
    const found = ['seed.sql', 'seeds.sql'].map((name) => join(place, name)).find((path) => existsSync(path))
    if (found !== undefined) return [found]
  }
  return []
}

/** The file, or the files of its directory that fit where the name holds `*`. */
const matching = (path: string): readonly string[] => {
  if (!path.includes('*')) return existsSync(path) ? [path] : []
  const directory = dirname(path)
  if (!existsSync(directory)) return []
  const parts = basename(path).split('*')
  const fits = (name: string): boolean => {
    let at = 0
    for (const [index, part] of parts.entries()) {
      const found = index === parts.length - 1 ? name.length - part.length : name.indexOf(part, at)
      if (found < at || !name.startsWith(part, found) || (index === 0 && found !== 0)) return false
      at = found + part.length
    }
    return true
  }
  return readdirSync(directory)
    .filter(fits)
    .toSorted()
    .map((name) => join(directory, name))
}
