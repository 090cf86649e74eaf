import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface TypeRow {
  readonly oid: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly kind: 'e' | 'd' | 'c' | 'r' | 'm' | 'b'
  /** JSON text, for an enum. */
  readonly values: string | null
  readonly multirange: number | null
  readonly multirange_array: number | null
  readonly comment: string | null
  readonly definition: string | null
}

/** The statement that would make a domain or a composite type, for people and so that a change in it is seen. */
const DEFINITION = `CASE t.typtype
        WHEN 'd' THEN 'CREATE DOMAIN ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS ' || format_type(t.typbasetype, t.typtypmod)
          || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
          || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
        WHEN 'c' THEN 'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS ('
          || coalesce((SELECT string_agg(quote_ident(f.attname) || ' ' || format_type(f.atttypid, f.atttypmod), ', ' ORDER BY f.attnum) FROM pg_attribute f WHERE f.attrelid = t.typrelid AND f.attnum > 0 AND NOT f.attisdropped), '') || ')'
        WHEN 'r' THEN 'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL) || ')' END`

/** Enums, and the types that the model does not carry. A table's own row type is the table. */
export function typesQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.typarray AS array, n.nspname AS schema, t.typname AS name, t.typtype AS kind,
      (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid = t.oid) AS "values",
      r.rngmultitypid AS multirange, mt.typarray AS multirange_array, obj_description(t.oid, 'pg_type') AS comment,
      ${DEFINITION} AS definition
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
      LEFT JOIN pg_range r ON r.rngtypid = t.oid LEFT JOIN pg_type mt ON mt.oid = r.rngmultitypid
    WHERE t.typnamespace IN (${scope.namespaces}) AND t.typtype IN ('e', 'd', 'c', 'r', 'b')
      AND (t.typtype <> 'c' OR c.relkind = 'c') AND NOT EXISTS (SELECT FROM pg_type el WHERE el.typarray = t.oid)
      AND ${notOfExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`
}

const WORDS = { d: 'domain', c: 'composite type', r: 'range type', m: 'multirange type', b: 'base type' } as const

export function addTypes(catalogue: Catalogue, rows: readonly TypeRow[], admits: (schema: string, name: string) => boolean): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const addresses = [row.oid, row.array, row.multirange ?? 0, row.multirange_array ?? 0]
      .filter((oid) => oid !== 0)
      .map((oid) => address(CATALOGUE.type, oid))
    if (row.kind !== 'e') {
      const word = WORDS[row.kind]
      register(
        catalogue,
        {
          kind: word,
          name: `${row.schema}.${row.name}`,
          reason: `A ${word} is not part of the model.`,
          ...given('definition', row.definition),
        },
        addresses,
      )
      continue
    }
    const fact: Fact<'enum'> = {
      kind: 'enum',
      id: objectId('enum', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: { values: JSON.parse(row.values ?? '[]') as string[], ...given('comment', row.comment) },
      dependsOn: [],
    }
    register(catalogue, fact, addresses)
  }
}
