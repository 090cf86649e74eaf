import type { EffectBuilder, ObjectName } from './effect-builder.ts'

/** `rows`: the statement is run and sees data. `depends`: it is kept, as a view or a default, and depends on names and types. */
export type ReadMode = 'rows' | 'depends'

/** What an expression or query refers to. */
export interface FoundReads {
  /** By alias, or by name where there is none. */
  readonly relations: Map<string, ObjectName>
  readonly columns: { readonly qualifier: string; readonly name: string }[]
  readonly functions: ObjectName[]
  /** Sequences whose next number is taken, or the column whose sequence it is. */
  readonly taken: { readonly of: ObjectName; readonly column?: string }[]
  /** Aliases of which every column is meant; `''` means all. */
  readonly whole: Set<string>
}

export const noReads = (): FoundReads => ({ relations: new Map(), columns: [], functions: [], taken: [], whole: new Set() })

/**
 * Records what was found. A column without a table is taken for a column of every table of the statement, for only the server knows
 * whose it is. `own` is the table of which an expression without FROM speaks; `rowwise` one of which each row is looked at alone.
 *
 * @example recordReads(noReads(), effectBuilder(), 'rows')
 */
export function recordReads(found: FoundReads, build: EffectBuilder, mode: ReadMode, own?: ObjectName, rowwise?: ObjectName): void {
  if (own !== undefined) {
    found.relations.set('', own)
    if (!found.relations.has(own.name)) found.relations.set(own.name, own)
  }
  for (const relation of found.relations.values()) {
    build.object('relation', relation, 'read', 'exist')
    const alone = relation.name === rowwise?.name && relation.schema === rowwise.schema
    if (mode === 'rows' && relation !== own && !alone) build.member('relation', relation, 'rows:all', 'read', 'rows', 'definition')
  }
  const owners = (qualifier: string): readonly ObjectName[] => {
    const known = found.relations.get(qualifier)
    return qualifier === '' ? [...found.relations.values()] : known === undefined ? [] : [known]
  }
  const rows = mode === 'rows' ? (['rows'] as const) : []
  for (const { qualifier, name } of found.columns)
    for (const relation of owners(qualifier)) build.member('relation', relation, `column:${name}`, 'read', ...rows, 'type')
  for (const qualifier of found.whole)
    for (const relation of owners(qualifier)) build.object('relation', relation, 'read', 'shape', ...rows)
  if (mode === 'rows')
    for (const { of, column } of found.taken)
      if (column === undefined) build.object('relation', of, 'write', 'rows')
      else build.member('relation', of, `column:${column}`, 'write', 'rows')
  for (const name of found.functions) build.object('function', name, 'read', 'definition', ...rows)
}
