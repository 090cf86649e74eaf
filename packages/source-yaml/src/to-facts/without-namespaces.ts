import type { Model } from '../model/model.ts'
import { hasNamespaces } from '../model/namespace-of.ts'

/** Strings and comments, which are passed over, and two names joined by a point that are not joined to one before. */
const PARTS =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|(?<![\p{L}\p{N}_$."`])(["`]?)([\p{L}_][\p{L}\p{N}_$]*)\1\s*\.\s*(["`]?[\p{L}_][\p{L}\p{N}_$]*["`]?)/gu

const qualified = new WeakMap<Model, ReadonlySet<string>>()

/** The names of entities and views that say a namespace, with it. */
function qualifiedNames({ entities, views }: Model): ReadonlySet<string> {
  const known = new Set<string>()
  for (const { data, table } of entities.values()) if (data.schema !== undefined) known.add(`${data.schema}.${table}`.toLowerCase())
  for (const { data, viewName } of views.values()) if (data.schema !== undefined) known.add(`${data.schema}.${viewName}`.toLowerCase())
  return known
}

/**
 * A query as it reads where a database has no namespaces: the name of an entity or view of these files stands alone there, so it stands alone
 * in queries too. Any other name with a point stays as it is written.
 *
 * @example withoutNamespaces('select id from blog.posts', model) // 'select id from posts' on SQLite
 */
export function withoutNamespaces(query: string, model: Model): string {
  if (hasNamespaces(model.dialect)) return query
  const known = qualified.get(model) ?? qualifiedNames(model)
  qualified.set(model, known)
  if (known.size === 0) return query
  return query.replaceAll(PARTS, (part: string, _quote: string, schema: string | undefined, name: string | undefined) =>
    schema !== undefined && name !== undefined && known.has(`${schema}.${name.replaceAll(/["`]/g, '')}`.toLowerCase()) ? name : part,
  )
}
