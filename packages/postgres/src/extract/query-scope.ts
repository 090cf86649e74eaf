import type { Scope } from '@yama/schema'
import { literal } from '../types/quoted.ts'

/** What every catalogue query needs to know of the server and of the scope. */
export interface QueryScope {
  readonly major: number
  /** Subquery of the managed namespaces' oids. */
  readonly namespaces: string
  /** False where the scope names schemas: objects of the whole database are then left to whoever owns it. */
  readonly whole: boolean
}

/** Where Yama keeps its own tables. */
const OWN_SCHEMA = 'yama'

/** Views that Yama puts beside the user's tables. */
export const OWN_VIEWS: ReadonlySet<string> = new Set(['yama_history', 'yama_current_version', 'yama_lock'])

/**
 * The namespaces that a scope manages, as SQL: every user schema, or those named. Never a system schema, a temporary
 * one, one that belongs to an extension, or Yama's own.
 */
export function queryScope(scope: Scope, major: number): QueryScope {
  const named = scope.schemas.length === 0 ? '' : ` AND nspname IN (${scope.schemas.map((name) => literal(name)).join(', ')})`
  return {
    major,
    whole: scope.schemas.length === 0,
    namespaces: `SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', '${OWN_SCHEMA}')${named}
      AND oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND deptype = 'e')`,
  }
}

/** A condition that holds for objects which an extension owns. */
export function ofExtension(catalogue: string, oid: string): string {
  return `EXISTS (SELECT FROM pg_depend member WHERE member.classid = '${catalogue}'::regclass AND member.objid = ${oid} AND member.deptype = 'e')`
}

/** A condition that holds for objects which no extension owns. */
export const notOfExtension = (catalogue: string, oid: string): string => `NOT ${ofExtension(catalogue, oid)}`

const asPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

/**
 * Decides for `schema.name` whether include and exclude let it in. A pattern without a dot means the name in any schema.
 */
export function scopeFilter(scope: Scope): (schema: string, name: string) => boolean {
  const matcher = (globs: readonly string[]): ((schema: string, name: string) => boolean) => {
    const patterns = globs.map((glob) => ({ pattern: asPattern(glob), qualified: glob.includes('.') }))
    return (schema, name) => patterns.some(({ pattern, qualified }) => pattern.test(qualified ? `${schema}.${name}` : name))
  }
  const included = matcher(scope.include)
  const excluded = matcher(scope.exclude)
  return (schema, name) => (scope.include.length === 0 || included(schema, name)) && !excluded(schema, name)
}
