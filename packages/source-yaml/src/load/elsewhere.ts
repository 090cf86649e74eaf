import type { DatabaseKind } from '@yama/core'
import type { FactId, StatedElsewhere } from '@yama/schema'
import { appliesTo } from '../field/overridden.ts'
import type { Placed } from '../model/model.ts'

type Data = Readonly<Record<string, unknown>>
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the files say about their facts for another database: which it does not get, and which have words of their own there. */
export function elsewhere(statedBy: ReadonlyMap<FactId, Placed>, kind: DatabaseKind): StatedElsewhere {
  const skipped = new Set<FactId>()
  const settled = new Set<FactId>()
  for (const [id, { source, path }] of statedBy) {
    const nodes = nodesOf(source.data, path)
    if (nodes.some((node) => !appliesTo(node as Parameters<typeof appliesTo>[0], kind))) skipped.add(id)
    else if (hasOwnWords(nodes.at(-1), kind)) settled.add(id)
  }
  return { skipped, settled }
}

/** The mappings on the way to a part of a file. */
function nodesOf(data: unknown, path: Placed['path']): readonly Data[] {
  const found: Data[] = []
  let node: unknown = data
  for (const part of path) {
    node = typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[part] : undefined
    if (isData(node)) found.push(node)
  }
  return found
}

function hasOwnWords(node: Data | undefined, kind: DatabaseKind): boolean {
  if (node === undefined) return false
  const kinds: readonly string[] = kind === 'mariadb' ? ['mariadb', 'mysql'] : [kind]
  return ['overrides', 'query', 'sql'].some((key) => {
    const words = node[key]
    // The text under `default` is for every database.
    return isData(words) && [...kinds, 'default'].some((each) => words[each] !== undefined)
  })
}
