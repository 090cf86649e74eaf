import type { NeededApproval, Ownership, ReviewDocument } from '../contract/review-document.ts'
import { codeOwnersOf, type CodeOwnersRule } from './code-owners.ts'

export interface OwnersInput {
  readonly objects: ReviewDocument['objects']
  /** Files of the change, relative to the repository. */
  readonly files: readonly string[]
  /** `owner:` of the entities, by the table's or view's name as the objects have it. */
  readonly entityOwners: ReadonlyMap<string, string>
  /** The file of a table's or view's entity by the same name, relative to the repository: whoever owns it owns the table. */
  readonly entityFiles?: ReadonlyMap<string, string>
  readonly codeOwners: readonly CodeOwnersRule[]
}

/** The files of the change, and those of the entities whose tables it changes. */
function ownedFiles({ objects, files, entityFiles }: OwnersInput): ReadonlySet<string> {
  const touched = objects.filter(({ does }) => does !== 'reads').flatMap(({ name }) => entityFiles?.get(name) ?? [])
  return new Set([...files, ...touched])
}

/** Who is responsible for the touched tables and for the files of the change. Who only reads a table need not ask. */
export function findOwners(input: OwnersInput): readonly Ownership[] {
  const { objects, entityOwners, codeOwners } = input
  const found = new Map<string, { readonly owner: string; readonly from: Ownership['from']; readonly of: string[] }>()
  const add = (owner: string, from: Ownership['from'], of: string): void => {
    const known = found.get(`${from} ${owner}`) ?? { owner, from, of: [] }
    known.of.push(of)
    found.set(`${from} ${owner}`, known)
  }
  for (const { name, object, does } of objects) {
    const owner = does === 'reads' ? undefined : entityOwners.get(name)
    if (owner !== undefined) add(owner, 'entities', object)
  }
  for (const file of ownedFiles(input))
    for (const owners of codeOwnersOf(codeOwners, file)) for (const owner of owners) add(owner, 'codeowners', file)
  return [...found.values()]
}

/**
 * Who has to agree: the owner of each table that is changed, one of the code owners of each file, and somebody besides the author where
 * data is lost or a base is rewritten.
 */
export function neededApprovals(input: OwnersInput, losses: ReviewDocument['losses']): readonly NeededApproval[] {
  const { objects, entityOwners, codeOwners } = input
  const byOwners = new Map<string, { readonly anyOf: readonly string[]; readonly owns: string[] }>()
  const add = (anyOf: readonly string[], owns: string): void => {
    const key = anyOf.join('\n')
    const known = byOwners.get(key) ?? { anyOf, owns: [] }
    known.owns.push(owns)
    byOwners.set(key, known)
  }
  for (const { name, object, does } of objects) {
    const owner = does === 'reads' ? undefined : entityOwners.get(name)
    if (owner !== undefined) add([owner], object)
  }
  for (const file of ownedFiles(input)) for (const owners of codeOwnersOf(codeOwners, file)) add(owners, file)
  const owned = [...byOwners.values()].map(({ anyOf, owns }): NeededApproval => ({ anyOf, because: `owns ${some(owns)}` }))
  if (losses.length === 0) return owned
  return [...owned, { anyOf: ['somebody besides the author'], because: `data is lost: ${some(losses.map(({ what }) => what))}` }]
}

const some = (list: readonly string[]): string =>
  list.length > 5 ? `${list.slice(0, 5).join(', ')} and ${list.length - 5} more` : list.join(', ')
