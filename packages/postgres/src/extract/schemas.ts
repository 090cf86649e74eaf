import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import type { QueryScope } from './query-scope.ts'

export interface SchemaRow {
  readonly oid: number
  readonly name: string
  readonly comment: string | null
}

export function schemasQuery(scope: QueryScope): string {
  return `SELECT n.oid, n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment
    FROM pg_namespace n WHERE n.oid IN (${scope.namespaces}) ORDER BY n.nspname`
}

const STANDARD = 'standard public schema'

/** `public` is there in every database, so it is no fact, unless it has another comment than it comes with. Nothing waits for it. */
export function addSchemas(catalogue: Catalogue, rows: readonly SchemaRow[]): void {
  for (const row of rows) {
    const isPublic = row.name === 'public'
    if (isPublic && (row.comment ?? STANDARD) === STANDARD) continue
    const fact: Fact<'schema'> = {
      kind: 'schema',
      id: objectId('schema', '', row.name),
      schema: '',
      name: row.name,
      payload: given('comment', row.comment),
      dependsOn: [],
    }
    register(catalogue, fact, isPublic ? [] : [address(CATALOGUE.namespace, row.oid)])
  }
}
