import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const HASH = /^[0-9a-f]{40,64}$/

/** The commit that is checked out, read from the repository's own files: starting `git` would cost more than a whole run. */
export function gitCommit(root: string): string | undefined {
  try {
    const directory = gitDirectory(root)
    if (directory === undefined) return undefined
    const head = read(join(directory, 'HEAD'))
    if (HASH.test(head)) return head
    const reference = /^ref: (.+)$/.exec(head)?.[1]
    if (reference === undefined) return undefined
    // Of a work tree, branches are in the repository that it belongs to.
    const common = existsSync(join(directory, 'commondir')) ? resolve(directory, read(join(directory, 'commondir'))) : directory
    const loose = [directory, common].map((place) => join(place, reference)).find((file) => existsSync(file))
    if (loose !== undefined) return HASH.exec(read(loose))?.[0]
    const packed = existsSync(join(common, 'packed-refs')) ? read(join(common, 'packed-refs')) : ''
    return packed
      .split('\n')
      .find((line) => line.endsWith(` ${reference}`))
      ?.split(' ')[0]
  } catch {
    // Nothing depends on it: a repository in a form that is not known here tells no commit.
    return undefined
  }
}

const read = (file: string): string => readFileSync(file, 'utf8').trim()

function gitDirectory(from: string): string | undefined {
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    const found = join(directory, '.git')
    if (existsSync(found)) {
      if (statSync(found).isDirectory()) return found
      const link = /^gitdir: (.+)$/.exec(read(found))?.[1]
      return link === undefined ? undefined : resolve(directory, link)
    }
    if (dirname(directory) === directory) return undefined
  }
}
