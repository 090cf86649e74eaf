import type { ColumnFacet, Effect, StatementEffects } from '@yama/core'
import { mayDoAnything } from './may-do-anything.ts'
import type { JudgedMigration } from './migration-effects.ts'

/** By object, column and facet: what every statement of the graph says that says anything of it, where one of them creates the column. */
export type SettledColumns = ReadonlyMap<string, string>

const FACETS: readonly ColumnFacet[] = ['type', 'null', 'default', 'comment']

/** Facets of a whole table with which its columns may become others. */
const SPREADS: ReadonlySet<Effect['facet']> = new Set(['shape', 'name', 'type', 'null', 'default'])

/** Before what may be another thing the next time, though it is written alike: an expression with functions in it. */
export const UNSETTLED = '='

export const settledKey = (object: string, member: string, facet: string): string => `${object}\n${member}\n${facet}`

/** Columns of which nobody ever says anything else: to say it once more changes nothing. */
export function settledColumns(judged: readonly JudgedMigration[]): SettledColumns {
  if (judged.some(mayDoAnything(judged))) return new Map()
  const statements = judged.flatMap((migration) => migration.statements.map(({ found }) => found))
  const said = new Map<string, Set<string | undefined>>()
  const open = new Set<string>()
  const created = new Set<string>()
  const columns = new Set<string>()
  for (const found of statements) {
    for (const { object, says } of found.tables ?? [])
      for (const [name, each] of Object.entries(says)) {
        const member = `column:${name}`
        if (found.effects.some((effect) => effect.object === object && isCreation(effect, member))) columns.add(`${object}\n${member}`)
        for (const facet of FACETS) {
          if (each[facet] === undefined && !changes(found, object, member, facet)) continue
          const key = settledKey(object, member, facet)
          said.set(key, (said.get(key) ?? new Set()).add(each[facet]))
        }
      }
    for (const effect of [...found.effects, ...(found.links ?? []).flatMap(({ effects }) => effects)]) {
      const { object, member, facet, access } = effect
      if (access === 'read') continue
      if (member === undefined) {
        if (SPREADS.has(facet) || (facet === 'exist' && access === 'add' && created.has(object))) open.add(object)
        if (facet === 'exist' && access === 'add') created.add(object)
      } else if (/^(child|partition):/.test(member)) open.add(object).add(`relation:${member.slice(member.indexOf(':') + 1)}`)
      else if (facet === 'name' || (facet === 'exist' && (access === 'write' || !saysOf(found, object, member))))
        open.add(`${object}\n${member}`)
      else if (effect.says === undefined) open.add(settledKey(object, member, facet))
    }
  }
  const settled = new Map<string, string>()
  for (const [key, texts] of said) {
    const [text] = texts
    const [object = '', member = ''] = key.split('\n')
    const column = `${object}\n${member}`
    if (
      texts.size === 1 &&
      text !== undefined &&
      !text.startsWith(UNSETTLED) &&
      columns.has(column) &&
      ![object, column, key].some((each) => open.has(each))
    )
      settled.set(key, text)
  }
  return settled
}

const isCreation = ({ access, facet, member }: Effect, column: string): boolean =>
  access === 'add' && facet === 'exist' && (member === undefined || member === column)

/** A creation says all of a column; a change only some facets. */
const changes = ({ effects }: StatementEffects, object: string, member: string, facet: string): boolean =>
  effects.some((effect) => effect.object === object && (isCreation(effect, member) || (effect.member === member && effect.facet === facet)))

const saysOf = ({ tables = [] }: StatementEffects, object: string, member: string): boolean =>
  tables.some((table) => table.object === object && table.says[member.slice('column:'.length)] !== undefined)
