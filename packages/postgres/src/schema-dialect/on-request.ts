import type { Connection } from '@yama/core'
import { objectId, type FactKind, type OnRequest, type Scope } from '@yama/schema'
import { queryScope } from '../extract/query-scope.ts'

/** Objects under the names that facts have. What is no fact in the end (a serial's sequence, what belongs to an extension) is left out later. */
const owners = (
  namespaces: string,
): string => `SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'object' ELSE 'table' END AS kind,
    n.nspname::text AS schema, CASE c.relkind WHEN 'f' THEN 'foreign table ' ELSE '' END || c.relname AS name, pg_get_userbyid(c.relowner)::text AS role
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relnamespace IN (${namespaces})
  UNION ALL SELECT 'schema', '', n.nspname, pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.oid IN (${namespaces})
  UNION ALL SELECT 'function', n.nspname, p.proname || '(' || coalesce((SELECT string_agg(format_type(k.t, NULL), ', ' ORDER BY k.o) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY k(t, o)), '') || ')',
    pg_get_userbyid(p.proowner) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.pronamespace IN (${namespaces})
  UNION ALL SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'rangeType' ELSE 'compositeType' END, n.nspname, t.typname, pg_get_userbyid(t.typowner)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace IN (${namespaces}) AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')`

const VERSIONS = 'SELECT extname::text AS name, extversion AS version FROM pg_extension WHERE oid >= 16384'

/** Who owns what, and which extensions are installed in which version, in one snapshot. */
export async function onRequest(connection: Connection, scope: Scope): Promise<OnRequest> {
  const { namespaces } = queryScope(scope, connection.server.major)
  const commands = [
    'SET TRANSACTION READ ONLY',
    'SET LOCAL search_path = pg_catalog',
    'SELECT current_user::text AS role',
    owners(namespaces),
    VERSIONS,
  ]
  const results = await connection.batch(
    commands.map((sql) => ({ sql })),
    { transaction: true },
  )
  const [user, owned, versions] = results.slice(2).map(({ rows }) => rows)
  return {
    user: String(user?.[0]?.['role']),
    owners: new Map(
      (owned ?? []).map(({ kind, schema, name, role }) => [objectId(kind as FactKind, String(schema), String(name)), String(role)]),
    ),
    versions: new Map((versions ?? []).map(({ name, version }) => [objectId('extension', '', String(name)), String(version)])),
  }
}
