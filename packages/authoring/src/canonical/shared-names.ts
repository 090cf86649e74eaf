import type { DatabaseKind } from '@yama/core'
import type { AnyFact, SchemaDialect } from '@yama/schema'
import type { FactGroup } from './fact-groups.ts'

/** Names that a group takes in the name space of its schema. */
export interface SharedNames {
  readonly names: readonly string[]
  /** True where the server cuts a name that it makes up, so that nobody else knows which one it takes. */
  readonly uncertain: boolean
}

/** What decides over the names of a database. */
export type NamingRules = Pick<SchemaDialect, 'kind' | 'identifierLimit'>

/** Members of tables whose names have to be unique in the whole database, and whether the server makes sequences behind columns. */
const WIDE = {
  postgres: { index: true, foreign: false, check: false, trigger: false, sequences: true },
  mysql: { index: false, foreign: true, check: true, trigger: true, sequences: false },
  mariadb: { index: false, foreign: true, check: false, trigger: true, sequences: false },
  sqlite: { index: true, foreign: false, check: false, trigger: true, sequences: false },
} as const satisfies Record<DatabaseKind, Readonly<Record<'index' | 'foreign' | 'check' | 'trigger' | 'sequences', boolean>>>

/**
 * The relations and types of a group by schema and name: the table, its indexes, the indexes behind its keys, and the sequences that the
 * server names itself after table and column (manual: CREATE TABLE, "serial"). Two groups of one name disturb each other.
 */
export function sharedNames(group: FactGroup, { kind, identifierLimit }: NamingRules): SharedNames {
  const names: string[] = []
  let uncertain = false
  const table = group.facts.find((fact) => fact.id === group.root)?.name ?? ''
  for (const fact of group.facts) {
    if (sharesName(fact, kind)) names.push(`${fact.schema}\0${fact.name}`.toLowerCase())
    if (!WIDE[kind].sequences || fact.kind !== 'column' || fact.payload.identity === undefined) continue
    const sequence = fact.payload.identity.sequence ?? `${table}_${fact.name}_seq`
    names.push(`${fact.schema}\0${sequence}`.toLowerCase())
    if (fact.payload.identity.sequence === undefined && Buffer.byteLength(sequence) > identifierLimit) uncertain = true
  }
  return { names, uncertain }
}

/** True for the names that the server gives a sequence when it is not told one. */
export const isSequenceName = (name: string): boolean => /_seq\d*$/.test(name)

function sharesName(fact: AnyFact, kind: DatabaseKind): boolean {
  switch (fact.kind) {
    case 'trigger':
      return WIDE[kind].trigger
    case 'index':
      return WIDE[kind].index
    case 'column':
    case 'rule':
    case 'policy':
    case 'grant':
    case 'owner':
    case 'schema':
    case 'extension':
      return false
    case 'constraint':
      return fact.payload.type === 'foreign' || fact.payload.type === 'check' ? WIDE[kind][fact.payload.type] : WIDE[kind].index
    default:
      return true
  }
}
