import { fieldsOf, isFields, listOf, nodeOf, textOf } from './ast.ts'
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
  for (const name of rowColumns(tree)) build.member('row', OWN_ROW, `column:${name}`, 'read', 'type')
  visit(tree, undefined, (statement, query) => {
    if (statement === 'PLpgSQL_stmt_dynexecute' || statement === 'PLpgSQL_stmt_dynfors') {
      build.unknown('it puts SQL together while it runs')
      return
    }
    // `to_jsonb(NEW)`, `NEW.*`: all of its columns.
    if (/\b(new|old)\b(?!\s*\.\s*["\w])/i.test(query)) build.object('row', OWN_ROW, 'read', 'shape')
    build.include(inside(statementOf(statement, query)))
  })
}

/** Stands for the table of the trigger that runs the function. */
const OWN_ROW = { schema: '', name: 'own' }

/** The columns of NEW and OLD that are read or assigned. */
function rowColumns(tree: unknown): readonly string[] {
  const [one] = listOf(fieldsOf(tree)['plpgsql_funcs'])
  const datums = listOf(nodeOf(one, 'PLpgSQL_function')?.['datums'])
  const names = datums.flatMap((datum) => {
    const field = nodeOf(datum, 'PLpgSQL_recfield')
    const row = textOf(nodeOf(datums[Number(field?.['recparentno'] ?? 0)], 'PLpgSQL_rec')?.['refname'])
    return field !== undefined && (row === 'new' || row === 'old') ? [textOf(field['fieldname'])] : []
  })
  return [...new Set(names)]
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
