import { isFields, textOf } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'

/** What a block of PL/pgSQL does when it runs: every statement in it that can be read. SQL that is put together while it runs cannot. */
export function plpgsqlBody(createFunction: string, { build, parser, inside }: EffectScope): void {
  let tree: unknown
  try {
    tree = parser.plpgsql(createFunction)
  } catch (error) {
    build.unknown(`the body does not parse: ${error instanceof Error ? error.message : String(error)}`)
    return
  }
  visit(tree, undefined, (statement, query) => {
    if (statement === 'PLpgSQL_stmt_dynexecute' || statement === 'PLpgSQL_stmt_dynfors') {
      build.unknown('it puts SQL together while it runs')
      return
    }
    build.include(inside(statementOf(statement, query)))
  })
}

/** Only what PERFORM and plain statements hold is a statement; everything else is an expression. */
function statementOf(statement: string | undefined, query: string): string {
  if (statement === 'PLpgSQL_stmt_assign') return `SELECT ${query.replace(/^[^:=]*:?=/, '')}`
  return /^\s*(select|insert|update|delete|with|merge|create|alter|drop|grant|revoke|truncate|comment|call|do|copy|refresh|lock|set|perform|analyze|notify|reindex|vacuum|values|table)\b/i.test(
    query,
  )
    ? query
    : `SELECT ${query}`
}

function visit(value: unknown, statement: string | undefined, found: (statement: string | undefined, query: string) => void): void {
  if (Array.isArray(value)) {
    for (const part of value) visit(part, statement, found)
    return
  }
  if (!isFields(value)) return
  for (const [key, part] of Object.entries(value)) {
    if (key === 'PLpgSQL_expr') found(statement, textOf(isFields(part) ? part['query'] : ''))
    else visit(part, key.startsWith('PLpgSQL_stmt') ? key : statement, found)
  }
}
