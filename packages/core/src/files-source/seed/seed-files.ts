import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { compareMigrations } from '../../graph/compare-migrations.ts'
import { directoryEntries } from '../directory/directory-entries.ts'
import { versionOf } from '../version-of.ts'
import { supabaseConfig } from './supabase-config.ts'

/**
 * The seed files of a migrations directory, as absolute paths in the order in which they run: what `supabase/config.toml`
 * names; otherwise `seed.sql` or `seeds.sql` in the directory, else beside it, then the SQL and YAML files of `seed/` or
 * `seeds/` there, then those of its directory of the environment's name. Empty where there is none.
 *
 * @example await seedFiles('supabase/migrations') // ['/project/supabase/seed.sql']
 * @example await seedFiles('migrations', 'dev') // ['/project/seed.sql', '/project/seed/1_plans.yaml', '/project/seed/dev/users.sql']
 */
export async function seedFiles(migrationsDirectory: string, environment?: string): Promise<readonly string[]> {
  const directory = resolve(migrationsDirectory)
  const above = dirname(directory)
  const supabase = supabaseConfig(above)
  if (supabase !== undefined) return supabase.seedEnabled ? supabase.seedPaths.flatMap((path) => matching(resolve(above, path))) : []
  for (const place of [directory, above]) {
    const one = ['seed.sql', 'seeds.sql'].map((name) => join(place, name)).find((path) => existsSync(path))
    const found = [...(one === undefined ? [] : [one]), ...['seed', 'seeds'].flatMap((name) => inDirectory(join(place, name), environment))]
    if (found.length > 0) return found
  }
  return []
}

const inDirectory = (directory: string, environment: string | undefined): readonly string[] =>
  [directory, ...(environment === undefined ? [] : [join(directory, environment)])].flatMap((place) =>
    existsSync(place)
      ? directoryEntries(place)
          .filter((entry) => entry.kind === 'file' && /^[^.].*\.(?:sql|ya?ml)$/i.test(entry.name))
          .map(({ name }) => name)
          .toSorted(byNumber)
          .map((name) => join(place, name))
      : [],
  )

/** `2_x` before `10_y`, as migrations. */
const byNumber = (a: string, b: string): number => compareMigrations({ version: versionOf(a), id: a }, { version: versionOf(b), id: b })

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
