import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', '.turbo', '.git', '.tools', '.yama', 'coverage'])

/** Paths below `directory`, relative to `root`, with `/`, of the files whose name ends so. Sorted. */
export function sourceFiles(root: string, directory: string, ending: string): readonly string[] {
  const found: string[] = []
  const walk = (at: string): void => {
    for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue
      const path = at === '.' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.name.endsWith(ending)) found.push(path)
    }
  }
  walk(directory)
  return found.sort()
}
