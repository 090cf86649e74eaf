import type { Action, Fact } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'

type Options = Readonly<Record<string, string>>

/** A search configuration and an operator family have items, each said in a statement of its own. */
export const hasItems = ({ name }: Pick<Fact<'object'>, 'name'>): boolean => /^(?:text search configuration|operator family) /.test(name)

/** From the items of one to those of another; `target` is what ALTER takes. */
export function itemChanges(fact: Fact<'object'>, target: string, change: 'add' | 'alter', from: Options): readonly Action[] {
  const to = fact.payload.options ?? {}
  const clauses = fact.name.startsWith('operator family ') ? familyClauses(from, to) : mappingClauses(from, to)
  return clauses.map((clause) =>
    action(
      fact,
      change,
      { sql: `ALTER ${target} ${clause}`, title: `alter ${fact.name}`, lock: 'ACCESS EXCLUSIVE', consumes: [fact.id] },
      changed('options', from, to),
    ),
  )
}

function familyClauses(from: Options, to: Options): readonly string[] {
  const [gone, added] = [
    Object.keys(from).filter((place) => from[place] !== to[place]),
    Object.keys(to).filter((place) => from[place] !== to[place]),
  ]
  return [
    ...(gone.length === 0 ? [] : [`DROP ${gone.join(', ')}`]),
    ...(added.length === 0 ? [] : [`ADD ${added.map((place) => to[place]).join(', ')}`]),
  ]
}

/** Kinds of words with the same dictionaries go together. */
function mappingClauses(from: Options, to: Options): readonly string[] {
  const gone = Object.keys(from).filter((token) => to[token] === undefined)
  const groups = new Map<string, string[]>()
  for (const [token, dictionaries] of Object.entries(to)) {
    if (from[token] === dictionaries) continue
    const key = `${from[token] === undefined ? 'ADD' : 'ALTER'}\0${dictionaries}`
    groups.set(key, [...(groups.get(key) ?? []), token])
  }
  return [
    ...(gone.length === 0 ? [] : [`DROP MAPPING FOR ${gone.map(identifier).join(', ')}`]),
    ...[...groups].map(([key, tokens]) => {
      const [verb = '', dictionaries = ''] = key.split('\0')
      return `${verb} MAPPING FOR ${tokens.map(identifier).join(', ')} WITH ${dictionaries}`
    }),
  ]
}
