import { objectId, type Fact, type PublishedTable } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface PublicationRow {
  readonly oid: number
  readonly name: string
  readonly all_tables: boolean
  readonly publish: string
  readonly via_root: boolean
  readonly generated: string
  /** JSON texts. */
  readonly tables: string
  readonly schemas: string
  readonly comment: string | null
}

/** They are of the whole database: where a scope names schemas they are left to whoever owns the database. */
export function publicationsQuery(scope: QueryScope): string {
  const since = (major: number, sql: string, before: string): string => (scope.major >= major ? sql : before)
  const columns = since(
    15,
    `CASE WHEN r.prattrs IS NOT NULL THEN (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) END`,
    'NULL',
  )
  return `SELECT p.oid, p.pubname AS name, p.puballtables AS all_tables,
      concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) AS publish,
      p.pubviaroot AS via_root, ${since(18, 'p.pubgencols::text', `'n'`)} AS generated,
      coalesce((SELECT json_agg(json_build_array(quote_ident(n.nspname) || '.' || quote_ident(c.relname), ${columns}, ${since(15, 'pg_get_expr(r.prqual, r.prrelid)', 'NULL')}, c.oid, r.oid)
          ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C")::text
        FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid), '[]') AS tables,
      ${since(15, `coalesce((SELECT json_agg(n.nspname ORDER BY n.nspname COLLATE "C")::text FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid), '[]')`, `'[]'`)} AS schemas,
      obj_description(p.oid, 'pg_publication') AS comment
    FROM pg_publication p WHERE ${String(scope.whole)} AND ${notOfExtension('pg_publication', 'p.oid')} ORDER BY p.pubname`
}

type TableRow = readonly [table: string, columns: readonly string[] | null, where: string | null, oid: number, published: number]
const EVERYTHING = 'insert, update, delete, truncate'

export function addPublications(catalogue: Catalogue, rows: readonly PublicationRow[]): void {
  for (const row of rows) {
    const tables = JSON.parse(row.tables) as readonly TableRow[]
    const fact: Fact<'publication'> = {
      kind: 'publication',
      id: objectId('publication', '', row.name),
      schema: '',
      name: row.name,
      payload: {
        allTables: row.all_tables,
        tables: tables.map(([table, columns, where]): PublishedTable => ({
          table,
          ...given('columns', columns),
          ...given('where', where === null ? null : canonicalExpression(where)),
        })),
        schemas: JSON.parse(row.schemas) as string[],
        options: {
          ...given('publish', row.publish === EVERYTHING ? null : row.publish),
          ...given('publish_via_partition_root', row.via_root ? 'true' : null),
          ...given('publish_generated_columns', row.generated === 's' ? 'stored' : null),
        },
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    const node = register(catalogue, fact, [
      address(CATALOGUE.publication, row.oid),
      // The columns that a condition reads depend on this.
      ...tables.map(([, , , , published]) => address(CATALOGUE.publishedTable, published)),
    ])
    for (const [, , , oid] of tables) {
      const host = catalogue.byAddress.get(address(CATALOGUE.relation, oid))
      if (host !== undefined) node.uses.push(host)
    }
    for (const schema of fact.payload.schemas) {
      const home = catalogue.nodes.find((each) => each.fact?.id === objectId('schema', '', schema))
      if (home !== undefined) node.uses.push(home)
    }
  }
}
