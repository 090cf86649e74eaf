import { readdirSync } from 'node:fs'
import { coreErrors } from '../../errors/errors.ts'
import { closestName } from '../../errors/closest-name.ts'
import type { YamaError } from '../../errors/yama-error.ts'

/**
 * What `skip` names and nothing in the directory has, as file name, as its beginning before a dot, or as the id of a file that was
 * read: a misspelt entry would let run what must not run. Files for other databases count.
 */
export function unknownSkips(
  skip: ReadonlySet<string>,
  directory: string,
  shownDirectory: string,
  ids: readonly string[],
): readonly YamaError[] {
  if (skip.size === 0) return []
  const known = new Set(ids)
  const names: string[] = []
  for (const name of readdirSync(directory)) {
    known.add(name)
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) known.add(name.slice(0, dot))
    names.push(name.replace(/\..*$/, ''))
  }
  return [...skip]
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = closestName(name, [...names, ...ids])
      const suggestion = near === undefined ? '' : ` Did you mean \`${near}\`?`
      return coreErrors.YAMA_SOURCE_SKIP({ name, directory: shownDirectory, suggestion })
    })
}
