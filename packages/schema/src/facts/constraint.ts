import { memberId, objectId } from './fact-id.ts'
import { parseFactId } from './parse-fact-id.ts'
import type { AnyFact, Fact, FactId } from './fact.ts'
import type { FactScope, KindFile, NewNames } from './kind-file.ts'
import { ancestors, columnFacts } from './own-or-inherited.ts'
import { CODE } from './rows.ts'

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignReference {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  /** Where NO ACTION was said in words: MariaDB means the same without them and prints them all the same. */
  readonly statedNoAction?: 'delete' | 'update' | 'both'
  readonly match?: 'full'
  /** Columns of `ON DELETE SET NULL (…)`, where not all. */
  readonly onDeleteColumns?: readonly string[]
}

/** A primary key, unique, foreign key, check or exclusion constraint. The index behind one belongs to it. */
export interface ConstraintPayload {
  readonly type: 'primary' | 'unique' | 'foreign' | 'check' | 'exclusion'
  /** Key columns in order; for a check, the columns it mentions where the server says so. */
  readonly columns: readonly string[]
  readonly references?: ForeignReference
  /** A check's expression, or an exclusion's text after EXCLUDE, as the server prints it. */
  readonly expression?: string
  readonly include?: readonly string[]
  readonly deferrable?: 'immediate' | 'deferred'
  readonly nullsNotDistinct?: boolean
  readonly notValid?: boolean
  readonly noInherit?: boolean
  readonly comment?: string
  /** SQLite: false where the source did not name it; its fact name is then derived from its content. */
  readonly named: boolean
  readonly options: Readonly<Record<string, string | boolean>>
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name) => b.includes(name))

/** The key that a foreign key needs: the server refuses it while the key is not there. */
function isTargetKey(fact: AnyFact, columns: readonly string[]): boolean {
  if (fact.kind === 'constraint')
    return (fact.payload.type === 'primary' || fact.payload.type === 'unique') && sameSet(fact.payload.columns, columns)
  return (
    fact.kind === 'index' &&
    fact.payload.unique &&
    sameSet(
      fact.payload.keys.map((key) => key.column ?? ''),
      columns,
    )
  )
}

/** A key that begins with the columns, unique or not: enough for a foreign key on MySQL and MariaDB, which take it where there is no better one. */
function beginsWith(fact: AnyFact, columns: readonly string[]): boolean {
  const keys =
    fact.kind === 'index'
      ? fact.payload.keys.map(({ column, prefixLength }) => (prefixLength === undefined ? column : undefined))
      : fact.kind === 'constraint' && (fact.payload.type === 'primary' || fact.payload.type === 'unique')
        ? fact.payload.columns
        : []
  return columns.length > 0 && columns.every((column, at) => keys[at] === column)
}

function mentions({ payload, parent }: Fact<'constraint'>, { base, children }: FactScope): FactId[] {
  const found: FactId[] = []
  const push = (table: FactId, columns: readonly string[]): void => {
    for (const column of columns) for (const id of columnFacts(base, table, column)) found.push(id)
  }
  push(parent ?? '', payload.columns)
  if (payload.include !== undefined) push(parent ?? '', payload.include)
  const target = payload.references
  if (target === undefined) return found
  const targetTable = objectId('table', target.schema, target.table)
  found.push(targetTable)
  push(targetTable, target.columns)
  // A partition may have the key from its parent.
  const keys = [targetTable, ...ancestors(base, targetTable)].flatMap((table) =>
    children(table).filter((fact) => isTargetKey(fact, target.columns)),
  )
  const enough = keys.length > 0 ? keys : children(targetTable).filter((fact) => beginsWith(fact, target.columns))
  for (const { id } of enough) found.push(id)
  const rows = memberId('rows', target.schema, target.table, CODE)
  // What it points to has to be there first.
  if (base.facts.has(rows)) found.push(rows)
  return found
}

function renameReference(reference: ForeignReference, names: NewNames, own: (column: string) => string): ForeignReference {
  const old = objectId('table', reference.schema, reference.table)
  const { schema, name } = parseFactId(names.id(old))
  return {
    ...reference,
    schema,
    table: name,
    columns: reference.columns.map((column) => names.column(old, column)),
    ...(reference.onDeleteColumns === undefined ? {} : { onDeleteColumns: reference.onDeleteColumns.map(own) }),
  }
}

export const constraintKind: KindFile<'constraint'> = {
  rename({ payload, parent }, names) {
    const own = (column: string): string => (parent === undefined ? column : names.column(parent, column))
    return {
      ...payload,
      columns: payload.columns.map(own),
      ...(payload.references === undefined ? {} : { references: renameReference(payload.references, names, own) }),
      ...(payload.expression === undefined || parent === undefined ? {} : { expression: names.text(payload.expression, [parent]) }),
      ...(payload.include === undefined ? {} : { include: payload.include.map(own) }),
    }
  },
  mentions,
  check({ payload }) {
    const { references } = payload
    if (payload.type !== 'foreign') return []
    if (references === undefined) return ['a foreign key names no table']
    return references.columns.length === payload.columns.length ? [] : ['a foreign key has as many columns as the key it points to']
  },
}
