import { basename, join } from 'node:path'
import { corpusSets, historySets } from '../../packages/sqlite/test/corpus-sets.ts'
import type { CorpusLoad, CorpusSet } from './corpus-set.ts'

/** Directories that Yama runs untouched; pocket-id needs a function of the application in one file. */
const directories: Readonly<Record<string, { readonly path: string; readonly skip?: readonly string[] }>> = {
  gitness: { path: 'gitness-golang-migrate/sqlite' },
  homarr: { path: 'homarr-drizzle/sqlite' },
  'pocket-id': { path: 'pocket-id-golang-migrate/sqlite', skip: ['20250705000000_normalize'] },
}

/** Temporal writes JSON paths in double quotes, which better-sqlite3 takes as names only (SQLITE_DQS=0). */
const withQuotedPaths = (text: string): string => text.replaceAll(/"(\$\.\w+)"/g, "'$1'")

/** Every SQLite schema of the corpus. */
export function sqliteSets(root: string): readonly CorpusSet[] {
  const named = corpusSets(root).map(({ name, files }): CorpusSet => {
    const own = directories[name]
    const load: CorpusLoad =
      own === undefined
        ? { by: 'files', files, edit: withQuotedPaths }
        : { by: 'yama', directory: join(root, own.path), skip: own.skip ?? [] }
    return { name, kind: 'sqlite', load }
  })
  const dated = historySets(root).flatMap(({ name, files }) =>
    files.map((file): CorpusSet => ({
      name: `${name.replace('/sqlite', '')} ${basename(file)}`,
      kind: 'sqlite',
      load: { by: 'files', files: [file], edit: withQuotedPaths },
    })),
  )
  return [...named, ...dated]
}
