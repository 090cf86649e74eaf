import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

/** A fenced block of a page. */
export interface Block {
  /** `guide/plugins.md:19`, the line of the fence. */
  readonly place: string
  readonly page: string
  readonly language: string
  readonly text: string
}

/** Every fenced block of the guide and the reference, in order. */
export function blocks(): readonly Block[] {
  return ['guide', 'reference'].flatMap((folder) =>
    readdirSync(join(root, 'docs', folder))
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => blocksOf(`${folder}/${name}`)),
  )
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  return Array.from(text.matchAll(/^```(\S*)[^\n]*\n([^]*?)^```$/gm), (match) => ({
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
    page,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }))
}
