import { memberId, type FactId } from '@yama/schema'
import { isDefaultName } from '../types/default-name.ts'
import type { QueryScope } from './query-scope.ts'

export interface AttachedRow {
  readonly relation: number
  readonly table: string
  readonly name: string
  readonly type: 'p' | 'u' | 'x' | 'f' | null
  /** WITHOUT OVERLAPS: the server names a copy of it as an exclusion. */
  readonly temporal: boolean | null
  /** JSON text: names of its columns; of an expression, the word that the server has for it. Of a foreign key nothing. */
  readonly columns: string | null
  readonly root_schema: string
  readonly root_table: string
  readonly root: string
  readonly root_key: boolean
  readonly root_valid: boolean
}

/** The constraint of the topmost table that a constraint of a partition stands for. */
const ROOT = `(WITH RECURSIVE up (oid, parent) AS (SELECT c.oid, c.conparentid UNION ALL SELECT p.oid, p.conparentid FROM up JOIN pg_constraint p ON p.oid = up.parent) SELECT oid FROM up WHERE parent = 0)`

/** Indexes and foreign keys that a partition has from its parents, with the topmost of each. */
export function attachedIndexesQuery(scope: QueryScope): string {
  return `SELECT i.indrelid AS relation, t.relname AS table, c.relname AS name, k.contype AS type, ${scope.major >= 18 ? 'k.conperiod' : 'false'} AS temporal,
      (SELECT json_agg(coalesce(ta.attname, a.attname) ORDER BY a.attnum)::text FROM pg_attribute a
        LEFT JOIN pg_attribute ta ON ta.attrelid = i.indrelid AND ta.attnum = i.indkey[a.attnum - 1] AND ta.attnum > 0 WHERE a.attrelid = c.oid) AS columns,
      rn.nspname AS root_schema, rt.relname AS root_table, r.relname AS root, rk.oid IS NOT NULL AS root_key, ri.indisvalid AS root_valid
    FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_class r ON r.oid = pg_partition_root(c.oid) JOIN pg_index ri ON ri.indexrelid = r.oid JOIN pg_class rt ON rt.oid = ri.indrelid
      JOIN pg_namespace rn ON rn.oid = rt.relnamespace
      LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x') LEFT JOIN pg_constraint rk ON rk.conindid = r.oid AND rk.contype IN ('p', 'u', 'x')
    WHERE c.relkind IN ('i', 'I') AND c.relispartition AND c.relnamespace IN (${scope.namespaces})
    UNION ALL SELECT c.conrelid, t.relname, c.conname, c.contype, false, NULL, rn.nspname, rt.relname, r.conname, true, true
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_constraint r ON r.oid = ${ROOT} JOIN pg_class rt ON rt.oid = r.conrelid
      JOIN pg_namespace rn ON rn.oid = rt.relnamespace
    WHERE c.contype = 'f' AND c.conparentid <> 0 AND t.relispartition AND t.relnamespace IN (${scope.namespaces}) AND r.conrelid <> c.conrelid AND r.confrelid = c.confrelid
    ORDER BY 1, 8`
}

const TYPES = { p: 'primary', u: 'unique', x: 'exclusion' } as const

/** True for a name that the server has given. */
function isKnown({ type, temporal, root_key: isKey, root_valid: isWhole, root, table, columns, name }: AttachedRow): boolean {
  if (type === 'f') return name === root
  // What stands behind a key of the partition's own has a name of its own.
  const kind = type === null || !isKey ? 'index' : type === 'u' && temporal === true ? 'exclusion' : TYPES[type]
  // An index that is not on every partition makes none by itself: each of them is there because someone attached it.
  return isWhole && isDefaultName(kind, table, JSON.parse(columns ?? '[]') as string[], name)
}

/** By table: what its indexes and foreign keys are called, where that cannot be known from the parents. */
export function attachedNames(rows: readonly AttachedRow[]): ReadonlyMap<number, Readonly<Record<FactId, string>>> {
  const found = new Map<number, Record<FactId, string>>()
  for (const row of rows) {
    if (isKnown(row)) continue
    const names = found.get(row.relation) ?? {}
    names[memberId(row.root_key ? 'constraint' : 'index', row.root_schema, row.root_table, row.root)] = row.name
    found.set(row.relation, names)
  }
  return found
}
