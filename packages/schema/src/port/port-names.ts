import { sha256Hex } from '@yama/core'
import type { AnyFact } from '../facts/fact.ts'
import type { ConstraintPayload } from '../facts/constraint.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { PortContext, TableDraft } from './port-context.ts'

type MemberName = ConstraintPayload['type'] | 'index'

/** Chooses the names of keys, checks and indexes; none is given twice where the target has one room for them. */
export interface Names {
  /** The name, and whether the source's own choice is not the target's. */
  choose(kind: MemberName, fact: AnyFact, table: TableDraft, before: readonly string[], columns: readonly string[]): string
}

export function createNames(context: PortContext): Names {
  const { from, to, inquiry } = context
  const { sharedNames, foldsNames } = to.port.features
  const taken = new Set<string>()
  const fold = (name: string): string => (foldsNames ? name.toLowerCase() : name)
  // Tables and the indexes of the whole database share one room where indexes do.
  if (sharedNames.has('index')) for (const { name } of context.tables.values()) taken.add(`/index/${fold(name)}`)
  const roomOf = (kind: MemberName, table: TableDraft): string => {
    const own = kind === 'unique' || kind === 'primary' || kind === 'exclusion' ? 'index' : kind
    const isShared = kind !== 'exclusion' && sharedNames.has(kind)
    return isShared ? `/${own}` : `${table.name}/${own}`
  }
  return {
    choose(kind, fact, table, before, columns) {
      // What has no name on the source: a check of a type, the index of a numbering.
      const unnamed = fact.kind === 'column' || (fact.kind === 'constraint' && !fact.payload.named)
      const usual = unnamed || from.defaultName(kind, table.fact.name, before) === fact.name
      const fit = (name: string): string => fitName(name, to)
      const own = usual || (kind === 'primary' && to.defaultName(kind, 'a', []) === to.defaultName(kind, 'b', []))
      const wanted = fit(own ? to.defaultName(kind, table.name, columns) : fact.name)
      const room = roomOf(kind, table)
      const free = (name: string): boolean => !taken.has(`${room}/${fold(name)}`)
      let name = wanted
      if (!free(name) && !name.startsWith(`${table.name}_`)) name = fit(`${table.name}_${wanted}`)
      for (let number = 1; !free(name); number++) name = fit(`${wanted}${number}`)
      taken.add(`${room}/${fold(name)}`)
      if (!own && name !== fact.name) inquiry.tell('name', fact, `it is called ${name}`)
      return name
    },
  }
}

/** Cut with a hash where it is too long, as entities do it. */
function fitName(
  name: string,
  { identifierLimit: limit, identifierUnit }: Pick<SchemaDialect, 'identifierLimit' | 'identifierUnit'>,
): string {
  const length = (text: string): number => (identifierUnit === 'characters' ? [...text].length : new TextEncoder().encode(text).length)
  if (length(name) <= limit) return name
  let kept = name
  while (length(kept) > limit - 9) kept = [...kept].slice(0, -1).join('')
  return `${kept}_${sha256Hex(name).slice(0, 8)}`
}
